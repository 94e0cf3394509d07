import Core
import HTTPTypes
import Hummingbird

extension ErrorSurface {
    /// `{"error":{"code","message","field"?,"reference"?}}`
    package static func api(prefix: String = "/api/v1") -> ErrorSurface {
        ErrorSurface(prefix: prefix) { problem, _, _ in
            var members: [String: JSONValue] = ["code": .string(problem.code), "message": .string(problem.message)]
            members["field"] = problem.field.map(JSONValue.string)
            members["reference"] = problem.reference.map(JSONValue.string)
            return .json(["error": .object(members)], status: problem.status, headers: problem.headers)
        }
    }

    /// `{"status":"fail","error":"…","code":401}`, the number being that of the answer. The words for a wrong key and
    /// for a text that is no JSON are the vendor's (recordings of tradeo/clevertap-ruby, clevertap-node).
    package static func compatible(prefix: String = "/1") -> ErrorSurface {
        ErrorSurface(prefix: prefix) { problem, _, _ in
            let message =
                switch problem.code {
                case Problem.Code.invalidAccount: "Account ID is not valid"
                case Problem.Code.invalidPasscode: "Invalid Credentials"
                case Problem.Code.malformedJSON: "Malformed request"
                default: problem.message
                }
            let body: JSONValue = ["status": "fail", "error": .string(message), "code": .int(Int64(problem.status.code))]
            return .json(body, status: problem.status, headers: problem.headers)
        }
    }
}
