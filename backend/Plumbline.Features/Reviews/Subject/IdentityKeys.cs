using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Members of a model's own JSON that are not shown to whoever must not learn what made it, by the words that their names are made of.</summary>
/// <remarks>A list of what is left out can never be whole. It is a net under answers in which a program has recorded more than the model said; what
/// a model writes about itself in plain text is shown as it is, too.</remarks>
internal static partial class IdentityKeys
{
    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "model", "models", "llm", "llms", "provider", "vendor", "engine", "deployment", "fingerprint", "usage", "token", "tokens", "cost", "costs", "usd",
        "latency", "elapsed", "duration", "took", "ms", "id", "ids", "uuid", "guid", "version", "versions", "prompt", "prompts", "score", "scores",
        "evaluation", "evaluations", "logprob", "logprobs", "metadata", "kwargs", "trace", "span");

    /// <summary>Names as a whole, without what stands between their words.</summary>
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "finishreason", "stopreason", "stopsequence", "generatedby", "createdby", "created", "createdat", "timestamp", "servicetier", "modelname",
        "modelid", "modelversion", "userid", "traceid", "spanid", "sessionid", "requestid", "responseid", "runid", "messageid", "callid", "systemfingerprint",
        "totaltokens", "inputtokens", "outputtokens", "prompttokens", "completiontokens", "promptname", "promptversion", "latencyms", "durationms");

    /// <summary>Words that people and programs use of much else, too.</summary>
    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "id", "ids", "uuid", "guid", "version", "versions", "prompt", "prompts", "token", "metadata", "took", "ms", "trace", "span", "created", "timestamp");

    public static bool Contain(string name)
    {
        var words = WordsOf(Seen(name));
        return words.Exists(Words.Contains) || Names.Contains(string.Concat(words));
    }

    /// <summary>Whether a name says so even where it is not known to be that of a member: an <c>id</c> does not, a <c>model</c> or <c>run_id</c>
    /// does.</summary>
    public static bool TellOutright(string name)
    {
        var words = WordsOf(Seen(name));
        return words.Exists(w => Words.Contains(w) && !Common.Contains(w))
            || (Names.Contains(string.Concat(words)) && words.Exists(w => !Common.Contains(w)));
    }

    // Without characters that nobody sees, and with those that JSON escapes.
    private static string Seen(string name)
    {
        if (name.Contains("\\u", StringComparison.Ordinal))
            name = Escape().Replace(name, m => $"{(char)ushort.Parse(m.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");
        return name.Any(Blanks.Is) ? string.Concat(name.Where(c => c is ' ' or '\t' || !Blanks.Is(c))) : name;
    }

    [GeneratedRegex("\\\\u[0-9A-Fa-f]{4}", RegexOptions.None, 10_000)]
    private static partial Regex Escape();

    /// <summary>The words of total_tokens, totalTokens, total-tokens or TotalTokens.</summary>
    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isBetween = i == name.Length || !char.IsLetterOrDigit(name[i]);
            if (!isBetween && (i == start || !IsBeginning(name, i))) continue;
            if (i > start) words.Add(name[start..i]);
            start = isBetween ? i + 1 : i;
        }
        return words;
    }

    // The N of modelName and of LLMName.
    private static bool IsBeginning(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
