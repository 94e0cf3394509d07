import Accounts
import Core
import Foundation
import StorageTesting
import Testing

@Suite struct SecretKeyTests {
    @Test func `the first start makes the key, the next one reads it`() throws {
        let folder = try ScratchFolder()
        let made = try SecretKeyFile.load(from: folder.path)
        #expect(try SecretKeyFile.load(from: folder.path) == made)
        let path = folder.path + "/secret.key"
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["secret.key"])
    }

    @Test func `starts at the same time end with one key`() async throws {
        let folder = try ScratchFolder()
        let path = folder.path
        let keys = try await withThrowingTaskGroup(of: SecretKey.self) { group in
            for _ in 0..<4 { group.addTask { try SecretKeyFile.load(from: path) } }
            return try await group.reduce(into: Set<SecretKey>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test(arguments: [0o644, 0o640, 0o660, 0o602])
    func `a key that others can touch is refused`(mode: Int) throws {
        let folder = try ScratchFolder()
        _ = try SecretKeyFile.load(from: folder.path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path + "/secret.key")
        let error = #expect(throws: SettingsError.self) { try SecretKeyFile.load(from: folder.path) }
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test(arguments: [0, 31, 33])
    func `a key of the wrong length is refused`(count: Int) throws {
        let folder = try ScratchFolder()
        let data = Data(repeating: 7, count: count)
        _ = FileManager.default.createFile(
            atPath: folder.path + "/secret.key", contents: data, attributes: [.posixPermissions: 0o600])
        #expect(throws: SettingsError.self) { try SecretKeyFile.load(from: folder.path) }
    }

    @Test func `a folder that is not there is a clear error`() {
        let error = #expect(throws: SettingsError.self) { try SecretKeyFile.load(from: "/nonexistent/whimbrel") }
        #expect(error?.description.contains("/nonexistent/whimbrel/secret.key") == true)
    }

    @Test func `a setting is hexadecimal or base64`() throws {
        let key = SecretKey(from: .system)
        #expect(try SecretKeyFile.parse(key.bytes.hexadecimal) == key)
        #expect(try SecretKeyFile.parse(key.bytes.hexadecimal.uppercased()) == key)
        #expect(try SecretKeyFile.parse(Data(key.bytes).base64EncodedString()) == key)
    }

    @Test(arguments: ["", "secret", String(repeating: "g", count: 64), String(repeating: "a", count: 63), "c2hvcnQ="])
    func `another setting is refused and not repeated`(text: String) {
        let error = #expect(throws: SettingsError.self) { try SecretKeyFile.parse(text) }
        if text.count > 6 { #expect(error?.description.contains(text) == false) }
    }

    @Test func `a key is never printed`() {
        let key = SecretKey(from: .system)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
            #expect(!text.contains(key.bytes.hexadecimal))
            #expect(!text.contains(key.bytes.prefix(2).map(String.init).joined(separator: ", ")))
        }
    }
}
