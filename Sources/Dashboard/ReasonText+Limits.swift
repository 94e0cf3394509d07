extension ReasonText {
    /// What a campaign's own limits and the account's held back.
    static let limits: [String: (String, String?)] = [
        "user_not_qualified": (
            "User not qualified: no longer met the filter when the message was due", "Nothing needs mending."
        ),
        "quiet_hours": (
            "Notification during campaign DND: due in the campaign's quiet hours",
            "Let the quiet hours delay messages instead of discarding them to reach these people."
        ),
        "cutoff_reached": (
            "Campaign cut-off time reached before their turn", "Start earlier, set a later cut-off, or raise the channel's pace."
        ),
        "account_limit": (
            "Global frequency cap exceeded: they had as many messages as the account allows",
            "The limit is set under Campaign limits; a campaign can be exempted in its setup."
        ),
        "account_dwell": (
            "Global frequency cap exceeded: too soon after the last message from any campaign",
            "The dwell time is set under Campaign limits; a campaign can be exempted in its setup."
        ),
        "campaign_limit": (
            "Campaign frequency cap exceeded: they had this campaign's message too recently or too often",
            "The gap and the number are set in the campaign's setup."
        ),
        "day_limit": (
            "Campaign limit reached for day", "The limit is set with the campaign's audience; more go out on the next day."
        ),
        "overall_limit": (
            "Campaign limit reached for run", "The limit is set with the campaign's audience. Clone the campaign to reach more."
        ),
        "reach_limit": (
            "More people qualified than the campaign may reach, and the draw fell on others",
            "Raise the number of people in the campaign's audience to reach more."
        ),
        "throttle_expired": (
            "Still waiting for the campaign's pace after the third day", "Raise the pace, or make the audience smaller."
        ),
        "start_missed": (
            "The campaign could not start in time", "The server was down at the planned time. Clone the campaign to send it now."
        ),
    ]
}
