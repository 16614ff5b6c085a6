use super::*;

fn actor(role: Role) -> Actor {
    Actor {
        account_id: Uuid::nil(),
        staff_id: Uuid::nil(),
        roles: vec![role],
        session_id: Uuid::nil(),
    }
}

#[test]
fn nobody_approves_their_own_draft() {
    for role in Role::ALL {
        for c in circumstances().filter(|c| c.own) {
            assert!(grant::<ApproveDocument>(&actor(role), c).is_err());
        }
    }
    let c = Circumstance {
        state: Some(Submitted),
        ..Circumstance::default()
    };
    for role in Role::ALL {
        assert_eq!(
            grant::<ApproveDocument>(&actor(role), c).is_ok(),
            matches!(role, Role::Principal | Role::DeputyPrincipal),
            "{role:?}"
        );
    }
}

#[test]
fn the_administrator_sees_no_content() {
    for c in circumstances() {
        assert!(grant::<ReadDocument>(&actor(Role::Administrator), c).is_err());
        assert!(grant::<ReadFindings>(&actor(Role::Administrator), c).is_err());
    }
}

#[test]
fn an_issued_record_cannot_be_written_by_anyone() {
    for role in Role::ALL {
        for c in circumstances().filter(|c| c.state == Some(Issued)) {
            assert!(grant::<WriteDocument>(&actor(role), c).is_err());
            assert!(grant::<DiscardDocument>(&actor(role), c).is_err());
        }
    }
}

#[test]
fn heads_and_homeroom_teachers_read_findings_in_their_charge_only() {
    let charge = Circumstance {
        in_charge: true,
        ..Circumstance::default()
    };
    for role in [Role::UnitHead, Role::GradeHead, Role::HomeroomTeacher] {
        assert!(grant::<ReadFindings>(&actor(role), Circumstance::default()).is_err());
        let may = grant::<ReadFindings>(&actor(role), charge).unwrap();
        assert!(may.is_limited(), "{role:?}");
    }
    // the duty officer reads all, also when only the own charge is asked for
    let may = grant::<ReadFindings>(&actor(Role::DutyOfficer), charge).unwrap();
    assert!(!may.is_limited());
    // two roles: the wider one counts
    let both = Actor {
        roles: vec![Role::HomeroomTeacher, Role::DutyOfficer],
        ..actor(Role::Office)
    };
    assert!(!grant::<ReadFindings>(&both, charge).unwrap().is_limited());
}

#[test]
fn the_folded_matrix_says_the_same_as_the_rules() {
    for row in MATRIX {
        for role in Role::ALL {
            let conditions = conditions(row.allows, role);
            for c in circumstances() {
                let folded = conditions.iter().any(|k| {
                    k.own.is_none_or(|w| w == c.own)
                        && k.open.is_none_or(|w| w == c.open)
                        && k.in_charge.is_none_or(|w| w == c.in_charge)
                        && (k.states.is_empty() || k.states.contains(&c.state))
                });
                assert_eq!(folded, (row.allows)(role, c), "{} {role:?} {c:?}", row.name);
            }
            assert!(
                conditions.len() <= 3,
                "{} {role:?}: too many words",
                row.name
            );
        }
    }
}

#[test]
fn the_matrix_is_the_file_people_read() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.csv");
    if std::env::var_os("TONGBAO_WRITE_MATRIX").is_some() {
        std::fs::write(file, matrix_csv()).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(
        kept == matrix_csv(),
        "docs/permissions.csv is stale: run with TONGBAO_WRITE_MATRIX=1 and read the difference"
    );
}
