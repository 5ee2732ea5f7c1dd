namespace Plumbline.Contracts;

/// <summary>A name that people give to something: 1 to 100 characters that can be seen, in the form of <see cref="VisibleText"/>.</summary>
public static class DisplayName
{
    public const int LongestLength = 100;

    /// <summary>The name as it is kept.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="of">What it names, for the sentence: "an organization".</param>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: it breaks the rule.</exception>
    public static string Require(string? name, string of) =>
        TryNormalize(name)
            ?? throw Failure.BadInput($"The name of {of} needs 1 to {LongestLength} characters on one line, and none that cannot be seen.");

    /// <summary>The name as it is kept, or null when it breaks the rule.</summary>
    public static string? TryNormalize(string? name) => VisibleText.TryNormalize(name) is { Length: <= LongestLength } kept ? kept : null;
}
