using System.Text.RegularExpressions;

namespace Plumbline.Features.Prompts.Templates;

internal enum TagKind
{
    Value,
    Open,
    OpenInverted,
    Close,
}

/// <summary>What stands between two pairs of braces, and where.</summary>
/// <param name="Start">The index of the first brace.</param>
/// <param name="End">The index after the last one.</param>
internal sealed record TemplateTag(TagKind Kind, TemplatePath Path, int Start, int End, Position At)
{
    private static readonly Regex Inside = new(
        @"^[ \t]*(?<kind>[#^/]?)[ \t]*(?<path>\.|[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*)[ \t]*\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>A section's tag alone on its line takes the line with it.</summary>
    public bool MayStandAlone => Kind != TagKind.Value;

    /// <summary>Reads the inside of a tag; null when it is none.</summary>
    public static (TagKind Kind, TemplatePath Path)? Read(string inside)
    {
        var match = Inside.Match(inside);
        if (!match.Success) return null;
        var kind = match.Groups["kind"].Value switch
        {
            "#" => TagKind.Open,
            "^" => TagKind.OpenInverted,
            "/" => TagKind.Close,
            _ => TagKind.Value,
        };
        return (kind, new(match.Groups["path"].Value));
    }
}
