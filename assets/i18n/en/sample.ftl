### The sample school
sample-about = This is an invented sample school; the program made up every name. Each page is marked 示例 and is no official paper.
sample-password = Every sample account has the password { $password }
