using System.Text.RegularExpressions;

namespace Plumbline.Features.Kernel.Messages;

/// <summary>Messages of LangChain as Python prints them: <c>content='…' additional_kwargs={} response_metadata={'model_name': …}</c>, alone
/// or in a list.</summary>
internal static partial class PrintedMessages
{
    public static bool Are(string text) =>
        text.Contains("response_metadata=", StringComparison.Ordinal) || text.Contains("additional_kwargs=", StringComparison.Ordinal);

    /// <summary>What each of them says, and who says it where that is known.</summary>
    public static IEnumerable<(string? Role, string Words)> In(string text) => Are(text) ? Contents(text) : [];

    /// <summary>The same of whatever a library prints of a call: <c>Choice(message=Message(content='…'))</c>.</summary>
    public static IEnumerable<(string? Role, string Words)> Contents(string text) =>
        Content().Matches(text).Select(m => (RecordedRoles.Of(m.Groups["class"].Value), Unescape(m.Groups["words"].Value)));

    private static string Unescape(string literal) => Escape().Replace(literal, m => m.Value[1] switch { 'n' => "\n", 't' => "\t", var c => $"{c}" });

    [GeneratedRegex("""(?:(?<class>\w+)\()?\bcontent=(?:'(?<words>(?:[^'\\]|\\.)*)'|"(?<words>(?:[^"\\]|\\.)*)")""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Content();

    [GeneratedRegex("""\\.""", RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();
}
