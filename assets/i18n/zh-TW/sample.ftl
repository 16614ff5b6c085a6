### 示例學校
sample-about = 這是虛構的示例學校，人名由程式編造。每頁都印有「示例」，不能作為正式文件。
sample-password = 示例帳號的密碼都是 { $password }
