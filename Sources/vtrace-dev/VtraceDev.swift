@main struct VtraceDev { static func main() {} }
