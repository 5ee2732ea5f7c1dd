using System.Collections.Immutable;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>A place in a template, both from 1; the column counts UTF-16 units.</summary>
internal readonly record struct Position(int Line, int Column);

/// <summary>A piece of a template.</summary>
internal abstract record TemplateNode;

internal sealed record TextNode(string Text) : TemplateNode;

internal sealed record ValueNode(TemplatePath Path, Position At) : TemplateNode;

internal sealed record SectionNode(TemplatePath Path, bool Inverted, ImmutableArray<TemplateNode> Body, Position At) : TemplateNode;

/// <summary>What a tag names: <c>.</c>, or a name and fields below it.</summary>
internal sealed record TemplatePath(string Text)
{
    /// <summary>Inside a section, the name of the current element.</summary>
    public const string Item = "item";

    private readonly string[] _names = Text == "." ? [] : Text.Split('.');

    public bool IsCurrent => _names.Length == 0;

    public string Root => _names[0];

    public ReadOnlySpan<string> Fields => _names.AsSpan(1);
}
