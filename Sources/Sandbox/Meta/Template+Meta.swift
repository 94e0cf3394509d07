import Core

extension Template {
    /// An item of `message_templates`.
    var metaJSON: JSONValue {
        [
            "id": .string(id.digits), "name": .string(name), "language": .string(language), "category": .string(category),
            "status": .string(status), "components": components, "parameter_format": .string(parameterFormat),
            "quality_score": ["score": "GREEN", "date": .int(created.seconds)], "rejected_reason": "NONE",
        ]
    }
}
