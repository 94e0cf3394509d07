import Core

/// A provider of one's own that speaks the generic contract.
package struct GenericCredentials: Hashable, Sendable {
    enum Way: Hashable, Sendable {
        case basic(username: String, password: String)
        /// The name in lower case.
        case header(name: String, value: String)
    }

    var way: Way

    var marks: [String] {
        switch way {
        case .basic(let username, let password): ["generic basic " + Base64.encode("\(username):\(password)".utf8)]
        case .header(let name, let value): [Self.mark(header: name, value)]
        }
    }

    /// - Parameter name: in lower case.
    static func mark(header name: String, _ value: String) -> String { "generic header \(name) \(value)" }

    /// The part that is no secret.
    var name: String {
        switch way {
        case .basic(let username, _): username
        case .header(let name, _): name
        }
    }

    /// Reads `{username, password}` or `{header_name, header_value}`.
    init(_ json: JSONValue) throws(InputError) {
        let members = try json.members(allowing: ["username", "password", "header_name", "header_value"])
        if members["header_name"] != nil {
            let name = try members.text("header_name", 1...100)
            way = .header(name: name.lowercased(), value: try members.text("header_value", 1...1000))
        } else {
            way = .basic(username: try members.text("username", 1...100), password: try members.text("password", 1...200))
        }
    }
}
