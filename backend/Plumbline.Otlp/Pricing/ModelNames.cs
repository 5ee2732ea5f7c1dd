using System.Text.RegularExpressions;

namespace Plumbline.Otlp.Pricing;

/// <summary>One name for the many spellings of a model: without dates, regions, routing prefixes and version suffixes.</summary>
internal static partial class ModelNames
{
    public static string Canonical(string model)
    {
        var name = model.ToLowerInvariant();
        var slash = name.LastIndexOf('/');
        if (slash >= 0) name = name[(slash + 1)..];
        name = Region().Replace(name, "");
        return Suffix().Replace(name, "");
    }

    // Bedrock: us.anthropic.claude-3-5-haiku-20241022-v1:0
    [GeneratedRegex(@"^(?:(?:us|eu|apac|global)\.)?(?:anthropic\.|meta\.|mistral\.)?", RegexOptions.None, 1000)]
    private static partial Regex Region();

    [GeneratedRegex(@"(?:[-@](?:20\d\d-\d\d-\d\d|20\d{6}|latest))?(?:-v\d+)?(?::\d+)?\z", RegexOptions.None, 1000)]
    private static partial Regex Suffix();
}
