use super::*;
use proptest::prelude::*;
use zeroize::Zeroizing;

const VAULT: Uuid = Uuid::from_u128(0x7a);
const LIMEI: Uuid = Uuid::from_u128(2);
const ZHOU: Uuid = Uuid::from_u128(3);

fn seed(byte: u8) -> SigningSeed {
    SigningSeed::from_bytes(Zeroizing::new([byte; 32]))
}

fn key(account_id: Uuid, byte: u8, from_seq: u64, until_seq: Option<u64>) -> SignerKey {
    SignerKey {
        account_id,
        public_key: seed(byte).public_key(),
        from_seq,
        until_seq,
    }
}

fn body(seq: u64, prev: [u8; 32]) -> EntryBody {
    let approves = seq.is_multiple_of(3);
    EntryBody {
        seq,
        at_ms: 1_700_000_000_000 + i64::try_from(seq).unwrap() * 1_000,
        clock: ClockFlag::Steady,
        actor: Some(if approves { ZHOU } else { LIMEI }),
        actor_role: if approves {
            "principal"
        } else {
            "duty_officer"
        }
        .to_owned(),
        session: Some(Uuid::from_u128(77)),
        action: if approves {
            "documents.approve"
        } else {
            "inspections.log"
        }
        .to_owned(),
        object_kind: if approves { "document" } else { "finding" }.to_owned(),
        object_id: Uuid::from_u128(u128::from(seq) + 1_000).to_string(),
        object_ver: 1,
        approval_seq: None,
        before: None,
        after: Some([u8::try_from(seq % 256).unwrap(); 32]),
        prev,
        alg: ALGORITHMS_V1,
    }
}

/// A chain in which every third entry is an approval, signed by the principal.
fn chain(length: u64) -> Vec<Entry> {
    let mut prev = genesis(VAULT);
    (1..=length)
        .map(|seq| {
            let entry = body(seq, prev).seal(seq.is_multiple_of(3).then(|| seed(3)).as_ref());
            prev = entry.hash;
            entry
        })
        .collect()
}

struct Expected {
    keys: Vec<SignerKey>,
    signed_actions: BTreeSet<String>,
    trusted: Option<BTreeSet<Fingerprint>>,
    head: Option<Head>,
}

impl Expected {
    fn new() -> Self {
        Self {
            keys: vec![key(LIMEI, 2, 1, None), key(ZHOU, 3, 1, None)],
            signed_actions: ["documents.approve".to_owned()].into(),
            trusted: None,
            head: None,
        }
    }

    fn findings(&self, entries: &[Entry]) -> Vec<(FindingCode, Option<u64>)> {
        let expect = Expectation {
            genesis: genesis(VAULT),
            keys: &self.keys,
            signed_actions: &self.signed_actions,
            trusted: self.trusted.as_ref(),
            head: self.head,
        };
        verify_chain(entries.to_vec(), &expect)
            .into_iter()
            .map(|finding| (finding.code, finding.seq))
            .collect()
    }
}

use FindingCode::{
    ClockUnflagged, EntryEdited, EntryMissing, LinkBroken, OutOfOrder, SignatureMissing,
    SignatureWrong, SignerNotTrusted, SignerUnknown, TailMissing, UnknownAlgorithm,
};

/// Hashes and links everything from one place on anew, as somebody with the data key but no password could.
fn rehash_from(entries: &mut [Entry], place: usize) {
    for at in place..entries.len() {
        entries[at].body.prev = if at == 0 {
            genesis(VAULT)
        } else {
            entries[at - 1].hash
        };
        entries[at].hash = entries[at].body.hash();
    }
}

#[test]
fn an_honest_chain_has_nothing_wrong() {
    let entries = chain(30);
    let mut expected = Expected::new();
    expected.head = Some(Head {
        seq: 30,
        hash: entries[29].hash,
    });
    expected.trusted = Some([Fingerprint::of(&seed(3).public_key())].into());
    assert_eq!(expected.findings(&entries), []);
    assert_eq!(Expected::new().findings(&[]), []);
}

#[test]
fn the_hash_of_an_entry_stays_the_same_for_ever() {
    let entry = body(3, genesis(VAULT));
    let text = String::from_utf8(entry.encode()).unwrap();
    assert_eq!(
        text,
        "tongbao/audit/v1\0{\"action\":\"documents.approve\",\"actor\":\"00000000-0000-0000-0000-000000000003\",\
         \"actor_role\":\"principal\",\
         \"after\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"alg\":\"1\",\
         \"approval_seq\":null,\"at_ms\":\"1700000003000\",\"before\":null,\"clock\":\"steady\",\
         \"object_id\":\"00000000-0000-0000-0000-0000000003eb\",\"object_kind\":\"document\",\"object_ver\":\"1\",\
         \"prev\":\"fbf6fe9c582bb1f3507f13faeff8a86a1c00efa8252fd57e3fd4c1a204001375\",\"seq\":\"3\",\
         \"session\":\"00000000-0000-0000-0000-00000000004d\"}"
    );
    assert_eq!(
        hexed::encode(&entry.hash()),
        "5b89a149fbccfae54362f93721420d35ff3445ded8e483bc0599171e094cbd7c"
    );
}

#[test]
fn every_field_is_in_the_hash() {
    let changes: Vec<fn(&mut EntryBody)> = vec![
        |b| b.seq += 1,
        |b| b.at_ms += 1,
        |b| b.clock = ClockFlag::WentBack,
        |b| b.actor = None,
        |b| b.actor_role.push('x'),
        |b| b.session = None,
        |b| b.action.push('x'),
        |b| b.object_kind.push('x'),
        |b| b.object_id.push('x'),
        |b| b.object_ver += 1,
        |b| b.approval_seq = Some(1),
        |b| b.before = Some([0; 32]),
        |b| b.after = None,
        |b| b.prev[31] ^= 1,
        |b| b.alg = 2,
    ];
    let mut hashes = BTreeSet::from([body(3, [0; 32]).hash()]);
    for (place, change) in changes.into_iter().enumerate() {
        let mut changed = body(3, [0; 32]);
        change(&mut changed);
        assert!(
            hashes.insert(changed.hash()),
            "change {place} does not show"
        );
    }
}

#[test]
fn numbers_too_large_for_a_double_still_hash_apart() {
    let at = |at_ms| {
        EntryBody {
            at_ms,
            ..body(1, [0; 32])
        }
        .hash()
    };
    assert_ne!(at(1 << 53), at((1 << 53) + 1));
    assert_ne!(at(i64::MAX), at(i64::MAX - 1));
}

#[test]
fn an_edited_entry_is_found_and_its_neighbours_are_not_blamed() {
    let mut entries = chain(9);
    entries[3].body.action = "inspections.forget".to_owned();
    assert_eq!(Expected::new().findings(&entries), [(EntryEdited, Some(4))]);
}

#[test]
fn an_edit_spoils_the_signature_even_where_the_stored_hash_was_kept() {
    let mut entries = chain(9);
    entries[2].body.object_ver = 2;
    assert_eq!(
        Expected::new().findings(&entries),
        [(EntryEdited, Some(3)), (SignatureWrong, Some(3))]
    );
}

#[test]
fn an_edited_and_rehashed_entry_breaks_the_link_behind_it() {
    let mut entries = chain(9);
    entries[3].body.action = "inspections.forget".to_owned();
    entries[3].hash = entries[3].body.hash();
    assert_eq!(Expected::new().findings(&entries), [(LinkBroken, Some(5))]);
}

#[test]
fn a_tail_hashed_anew_cannot_keep_the_signatures_in_it() {
    let mut entries = chain(9);
    entries[3].body.after = Some([9; 32]);
    rehash_from(&mut entries, 3);
    assert_eq!(
        Expected::new().findings(&entries),
        [(SignatureWrong, Some(6)), (SignatureWrong, Some(9))]
    );
}

#[test]
fn an_unsigned_tail_hashed_anew_shows_only_by_a_head_from_outside() {
    let entries = chain(8);
    let mut forged = entries.clone();
    forged[6].body.after = Some([9; 32]);
    rehash_from(&mut forged, 6);
    let mut expected = Expected::new();
    assert_eq!(
        expected.findings(&forged),
        [],
        "this is what the documentation warns of"
    );
    expected.head = Some(Head {
        seq: 8,
        hash: entries[7].hash,
    });
    assert_eq!(expected.findings(&forged), [(TailMissing, Some(8))]);
}

#[test]
fn a_missing_entry_is_one_gap() {
    for gone in 0..8 {
        let mut entries = chain(9);
        entries.remove(gone);
        assert_eq!(
            Expected::new().findings(&entries),
            [(EntryMissing, Some(gone as u64 + 2))]
        );
    }
}

#[test]
fn a_cut_tail_is_found_by_the_head() {
    let mut expected = Expected::new();
    expected.head = Some(Head {
        seq: 9,
        hash: chain(9)[8].hash,
    });
    assert_eq!(expected.findings(&chain(8)), [(TailMissing, Some(9))]);
    assert_eq!(expected.findings(&[]), [(TailMissing, Some(9))]);
    assert_eq!(expected.findings(&chain(9)), []);
}

#[test]
fn swapped_and_repeated_entries_are_out_of_order() {
    let mut entries = chain(9);
    entries.swap(3, 4);
    let found = Expected::new().findings(&entries);
    assert!(
        found.contains(&(OutOfOrder, Some(4))) && found.contains(&(EntryMissing, Some(5))),
        "{found:?}"
    );
    let mut entries = chain(9);
    entries.insert(5, entries[4].clone());
    assert_eq!(Expected::new().findings(&entries), [(OutOfOrder, Some(5))]);
}

#[test]
fn an_entry_moved_with_a_new_number_does_not_fit() {
    let mut entries = chain(9);
    entries.swap(3, 4);
    for at in [3, 4] {
        entries[at].body.seq = at as u64 + 1;
        entries[at].hash = entries[at].body.hash();
    }
    let found = Expected::new().findings(&entries);
    assert!(found.contains(&(LinkBroken, Some(4))), "{found:?}");
}

#[test]
fn the_chain_of_another_office_does_not_fit() {
    let mut entries = chain(2);
    entries[0].body.prev = genesis(Uuid::from_u128(1));
    entries[0].hash = entries[0].body.hash();
    entries[1].body.prev = entries[0].hash;
    entries[1].hash = entries[1].body.hash();
    assert_eq!(Expected::new().findings(&entries), [(LinkBroken, Some(1))]);
}

#[test]
fn an_approval_without_a_signature_is_found() {
    let mut entries = chain(3);
    entries[2].sig = None;
    assert_eq!(
        Expected::new().findings(&entries),
        [(SignatureMissing, Some(3))]
    );
}

#[test]
fn nobody_signs_for_somebody_else() {
    let mut entries = chain(3);
    entries[2].sig = entries[2].body.clone().seal(Some(&seed(2))).sig;
    assert_eq!(
        Expected::new().findings(&entries),
        [(SignatureWrong, Some(3))]
    );
    entries[2].body.actor = None;
    entries[2] = entries[2].body.clone().seal(Some(&seed(3)));
    assert_eq!(
        Expected::new().findings(&entries),
        [(SignerUnknown, Some(3))]
    );
}

#[test]
fn a_signature_is_not_carried_to_another_entry() {
    let mut entries = chain(6);
    entries[5].sig = entries[2].sig;
    assert_eq!(
        Expected::new().findings(&entries),
        [(SignatureWrong, Some(6))]
    );
}

#[test]
fn a_key_counts_only_while_it_was_in_use() {
    let entries = chain(9);
    let mut expected = Expected::new();
    expected.keys = vec![key(ZHOU, 3, 1, Some(6))];
    assert_eq!(expected.findings(&entries), [(SignerUnknown, Some(9))]);
    expected.keys.push(key(ZHOU, 4, 7, None));
    assert_eq!(expected.findings(&entries), [(SignatureWrong, Some(9))]);
    expected.keys[0].until_seq = None;
    assert_eq!(expected.findings(&entries), []);
}

#[test]
fn a_key_swapped_in_the_register_is_not_on_the_paper() {
    let mut expected = Expected::new();
    expected.trusted = Some([Fingerprint::of(&seed(3).public_key())].into());
    let mut entries = chain(3);
    entries[2] = entries[2].body.clone().seal(Some(&seed(66)));
    expected.keys[1] = key(ZHOU, 66, 1, None);
    assert_eq!(expected.findings(&entries), [(SignerNotTrusted, Some(3))]);
    expected.trusted = None;
    assert_eq!(expected.findings(&entries), []);
}

#[test]
fn a_clock_set_back_must_be_flagged() {
    let mut entries = chain(3);
    entries[1].body.at_ms -= 1_000_000;
    rehash_from(&mut entries, 1);
    entries[2] = entries[2].body.clone().seal(Some(&seed(3)));
    assert_eq!(
        Expected::new().findings(&entries),
        [(ClockUnflagged, Some(2))]
    );
    entries[1].body.clock = clock_flag(Some(entries[0].body.at_ms), entries[1].body.at_ms);
    rehash_from(&mut entries, 1);
    entries[2] = entries[2].body.clone().seal(Some(&seed(3)));
    assert_eq!(Expected::new().findings(&entries), []);
    assert_eq!(clock_flag(None, i64::MIN), ClockFlag::Steady);
    assert_eq!(
        ClockFlag::from_code(ClockFlag::WentBack.code()),
        Some(ClockFlag::WentBack)
    );
}

#[test]
fn an_entry_edited_into_the_future_does_not_cast_doubt_on_the_clock_behind_it() {
    let mut entries = chain(4);
    entries[1].body.at_ms += 1_000_000_000;
    assert_eq!(Expected::new().findings(&entries), [(EntryEdited, Some(2))]);
}

#[test]
fn an_unknown_algorithm_is_named() {
    let mut entries = chain(2);
    entries[1].body.alg = 9;
    entries[1].hash = entries[1].body.hash();
    assert_eq!(
        Expected::new().findings(&entries),
        [(UnknownAlgorithm, Some(2))]
    );
}

#[test]
fn a_finding_names_its_record() {
    let mut entries = chain(1);
    entries[0].hash[0] ^= 1;
    let keys = Expected::new().keys;
    let expect = Expectation {
        genesis: genesis(VAULT),
        keys: &keys,
        signed_actions: &BTreeSet::new(),
        trusted: None,
        head: None,
    };
    let found = verify_chain(entries, &expect);
    assert_eq!(
        serde_json::to_value(&found).unwrap(),
        serde_json::json!([
            {"code": "entry_edited", "object": "finding:00000000-0000-0000-0000-0000000003e9", "seq": 1}
        ])
    );
}

#[test]
fn a_commitment_hides_the_row_and_holds_it_fast() {
    let row = serde_json::json!({"ver": 1, "name": "张三", "points": -3});
    let same = serde_json::json!({"points": -3, "name": "张三", "ver": 1});
    let committed = commit(&[1; 16], &row).unwrap();
    assert_eq!(
        committed,
        commit(&[1; 16], &same).unwrap(),
        "the order of fields does not matter"
    );
    assert_ne!(
        committed,
        commit(&[2; 16], &row).unwrap(),
        "without the salt a guess proves nothing"
    );
    for other in [
        serde_json::json!({"ver": 2, "name": "张三", "points": -3}),
        serde_json::json!({"ver": 1, "name": "张 三", "points": -3}),
        serde_json::json!({"ver": 1, "name": "张三", "points": "-3"}),
        serde_json::json!({"ver": 1, "name": "张三"}),
        serde_json::json!([row.clone()]),
    ] {
        assert_ne!(committed, commit(&[1; 16], &other).unwrap(), "{other}");
    }
}

#[test]
fn numbers_that_would_be_rounded_are_refused() {
    for exact in [0, (1_i64 << 53) - 1, 1 - (1_i64 << 53)] {
        assert!(commit(&[0; 16], &serde_json::json!({"rows": [exact]})).is_ok());
    }
    for inexact in [1_i64 << 53, (1 << 53) + 1, i64::MAX, i64::MIN] {
        let refused = commit(&[0; 16], &serde_json::json!({"rows": [{"at": inexact}]}));
        assert!(
            matches!(refused, Err(CommitError::InexactNumber(_))),
            "{inexact}"
        );
    }
}

proptest! {
    #[test]
    fn any_one_change_of_a_signed_chain_is_found(place in 0..12_usize, field in 0..13_u8, rehash: bool) {
        let mut entries = chain(12);
        let entry = &mut entries[place].body;
        match field {
            0 => entry.seq += 1,
            1 => entry.at_ms += 1,
            2 => entry.clock = ClockFlag::WentBack,
            3 => entry.actor = Some(Uuid::from_u128(4)),
            4 => entry.actor_role.push('x'),
            5 => entry.session = None,
            6 => entry.object_kind.push('x'),
            7 => entry.object_id.push('x'),
            8 => entry.object_ver += 1,
            9 => entry.approval_seq = Some(1),
            10 => entry.before = Some([0; 32]),
            11 => entry.after = None,
            _ => entry.prev[0] ^= 1,
        }
        if rehash {
            // Everything behind it is hashed and linked anew; only the signatures cannot be.
            let hash = entries[place].body.hash();
            entries[place].hash = hash;
            rehash_from(&mut entries, place + 1);
        }
        prop_assert!(!Expected::new().findings(&entries).is_empty());
    }

    #[test]
    fn any_bit_of_hash_or_signature_counts(place in 0..9_usize, bit in 0..768_usize) {
        let mut entries = chain(9);
        let entry = &mut entries[place];
        match (bit / 8, &mut entry.sig) {
            (byte @ 0..32, _) => entry.hash[byte] ^= 1 << (bit % 8),
            (byte, Some(sig)) => sig[byte - 32] ^= 1 << (bit % 8),
            (_, None) => return Ok(()),
        }
        prop_assert!(!Expected::new().findings(&entries).is_empty());
    }

    #[test]
    fn any_order_but_the_right_one_is_found(places in proptest::sample::subsequence((0..9_usize).collect::<Vec<_>>(), 0..=9).prop_shuffle()) {
        let entries = chain(9);
        let mut expected = Expected::new();
        expected.head = Some(Head { seq: 9, hash: entries[8].hash });
        let picked: Vec<Entry> = places.iter().map(|place| entries[*place].clone()).collect();
        let right = places == (0..9).collect::<Vec<_>>();
        prop_assert_eq!(expected.findings(&picked).is_empty(), right);
    }

    #[test]
    fn any_text_in_an_entry_hashes_apart(a in "\\PC{0,12}", b in "\\PC{0,12}") {
        let with = |action: &str, role: &str| EntryBody {
            action: action.to_owned(), actor_role: role.to_owned(), ..body(1, [0; 32])
        }.hash();
        prop_assert_eq!(with(&a, &b) == with(&b, &a), a == b);
        prop_assert_ne!(with(&(a.clone() + "x"), &b), with(&a, &("x".to_owned() + &b)));
    }
}
