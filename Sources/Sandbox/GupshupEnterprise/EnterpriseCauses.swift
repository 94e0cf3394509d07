/// The gateway's words for what goes wrong. Its codes are not published, so readers judge by words.
enum EnterpriseCauses {
    /// In the answer to a request.
    static func details(of mishap: Mishap) -> String {
        switch mishap {
        case .templateUnknown: "template not found"
        case .templatePaused: "template is paused"
        case .templateDisabled: "template is disabled"
        case .templateParameters: "template does not match"
        case .pairLimited: "too many messages to this recipient, try again later"
        case .asTold, .unreachable, .optedOut, .marketingCap, .tierReached: cause(of: mishap).lowercased()
        }
    }

    /// In a delivery report.
    static func cause(of mishap: Mishap) -> String {
        switch mishap {
        case .asTold, .unreachable: "NUMBER DOES NOT EXIST ON WHATSAPP"
        case .optedOut: "USER OPTED OUT"
        case .marketingCap: "MARKETING FREQUENCY CAP 131049"
        case .tierReached: "SPAM RATE LIMIT 131048"
        case .pairLimited: "PAIR RATE LIMIT 131056"
        case .templateUnknown, .templatePaused, .templateDisabled, .templateParameters: "TEMPLATE NOT MATCHED"
        }
    }

    static func errorCode(of mishap: Mishap) -> String {
        switch mishap {
        case .asTold, .unreachable: "105"
        case .optedOut: "201"
        case .marketingCap, .tierReached, .pairLimited: "202"
        case .templateUnknown, .templatePaused, .templateDisabled, .templateParameters: "203"
        }
    }
}
