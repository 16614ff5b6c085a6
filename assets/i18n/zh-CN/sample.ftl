### 示例学校
sample-about = 这是虚构的示例学校，人名由程序编造。每页都印有“示例”，不能作为正式文件。
sample-password = 示例账号的密码都是 { $password }
