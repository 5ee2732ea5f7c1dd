namespace Plumbline.Contracts;

/// <summary>A name that people give to something: 1 to 100 characters, trimmed, without control characters.</summary>
public static class DisplayName
{
    public const int LongestLength = 100;

    /// <summary>The name as it is kept.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="of">What it names, for the sentence: "an organization".</param>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it breaks the rule.</exception>
    public static string Require(string? name, string of)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length is 0 or > LongestLength || trimmed.Any(char.IsControl))
            throw Failure.BadInput($"The name of {of} needs 1 to {LongestLength} characters on one line.");
        return trimmed;
    }
}
