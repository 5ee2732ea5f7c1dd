using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Host.Tests.Api;

/// <summary>The worked example of the cost formula's documentation.</summary>
internal static partial class DocumentedCost
{
    public static (string Document, long Cost) Example()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "CostFormula.md"));
        var example = ExampleText().Match(text);
        return (example.Groups["document"].Value, long.Parse(example.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"Example: `(?<document>[^`]+)`\s+costs `[^`]+` = (?<cost>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExampleText();
}
