using System.Collections.Immutable;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>
/// Reads a template: text with <c>{{path}}</c>, <c>{{#path}}…{{/path}}</c> and <c>{{^path}}…{{/path}}</c>. <c>\{{</c> is a literal
/// <c>{{</c>; a tag ends on its line. A section's tag alone on a line takes the line with it. Line ends are \n.
/// </summary>
internal sealed class TemplateParser
{
    /// <summary>Sections inside sections.</summary>
    public const int MaxDepth = 16;

    private const string OpenBraces = "{{";
    private const string CloseBraces = "}}";

    private readonly string _source;
    private readonly int _message;
    private readonly Stack<(TemplateTag Tag, ImmutableArray<TemplateNode>.Builder Outer)> _open = new();
    private ImmutableArray<TemplateNode>.Builder _nodes = ImmutableArray.CreateBuilder<TemplateNode>();
    private TemplateError? _error;
    private int _textStart;
    private int _line = 1;
    private int _lineStart;
    private int _lineEndFrom;
    private int _lineEnd = -1;

    private TemplateParser(string source, int message) => (_source, _message) = (source, message);

    /// <summary>The template, or its first mistake.</summary>
    public static (ImmutableArray<TemplateNode> Nodes, TemplateError? Error) Parse(string source, int message)
    {
        var parser = new TemplateParser(source, message);
        var error = parser.Run();
        return (parser._nodes.ToImmutable(), error);
    }

    private TemplateError? Run()
    {
        while (NextTag() is { } tag)
        {
            TakeTextBefore(tag);
            if (Accept(tag) is { } wrong) return wrong;
        }
        if (_error is not null) return _error;
        AddText(_textStart, _source.Length);
        return _open.TryPop(out var open)
            ? Error(
                open.Tag.At, TemplateErrors.UnclosedSection,
                $"the section {{{{#{open.Tag.Path.Text}}}}} is never closed; add {{{{/{open.Tag.Path.Text}}}}}.")
            : null;
    }

    private TemplateTag? NextTag()
    {
        var from = _textStart;
        while (true)
        {
            var start = _source.IndexOf(OpenBraces, from, StringComparison.Ordinal);
            if (start < 0) return null;
            if (start > 0 && _source[start - 1] == '\\')
            {
                from = start + OpenBraces.Length;
                continue;
            }
            CountLinesTo(start);
            return ReadTag(start);
        }
    }

    private TemplateTag? ReadTag(int start)
    {
        var at = new Position(_line, start - _lineStart + 1);
        var close = _source.IndexOf(CloseBraces, start, StringComparison.Ordinal);
        var lineEnd = LineEnd(start);
        if (close < 0 || close > lineEnd)
        {
            _error = Error(at, TemplateErrors.UnclosedTag, "{{ is never closed; add }}, or write \\{{ for two braces as text.");
            return null;
        }
        if (TemplateTag.Read(_source[(start + OpenBraces.Length)..close]) is not var (kind, path))
        {
            _error = Error(
                at, TemplateErrors.BadTag,
                $"{_source[start..(close + CloseBraces.Length)]} is not a valid placeholder; write {{{{name}}}}, or \\{{{{ for two braces as text.");
            return null;
        }
        return new(kind, path, start, close + CloseBraces.Length, at);
    }

    private void TakeTextBefore(TemplateTag tag)
    {
        var lineEnd = LineEnd(tag.End);
        if (tag.MayStandAlone && _textStart <= _lineStart && IsBlank(_lineStart, tag.Start) && IsBlank(tag.End, lineEnd))
        {
            AddText(_textStart, _lineStart);
            _textStart = Math.Min(lineEnd + 1, _source.Length);
        }
        else
        {
            AddText(_textStart, tag.Start);
            _textStart = tag.End;
        }
    }

    private TemplateError? Accept(TemplateTag tag)
    {
        if (tag.Kind == TagKind.Value) _nodes.Add(new ValueNode(tag.Path, tag.At));
        else if (tag.Kind != TagKind.Close)
        {
            if (_open.Count == MaxDepth) return Error(tag.At, TemplateErrors.TooDeep, $"sections are nested more than {MaxDepth} deep.");
            _open.Push((tag, _nodes));
            _nodes = ImmutableArray.CreateBuilder<TemplateNode>();
        }
        else
        {
            if (!_open.TryPop(out var open))
                return Error(tag.At, TemplateErrors.UnopenedSection, $"{{{{/{tag.Path.Text}}}}} closes a section that was never opened.");
            if (open.Tag.Path.Text != tag.Path.Text)
                return Error(
                    tag.At, TemplateErrors.MismatchedSection,
                    $"{{{{/{tag.Path.Text}}}}} closes {{{{#{open.Tag.Path.Text}}}}}, which is open since line {open.Tag.At.Line}.");
            open.Outer.Add(new SectionNode(tag.Path, open.Tag.Kind == TagKind.OpenInverted, _nodes.ToImmutable(), open.Tag.At));
            _nodes = open.Outer;
        }
        return null;
    }

    private void AddText(int start, int end)
    {
        if (end > start) _nodes.Add(new TextNode(_source[start..end].Replace("\\{{", OpenBraces, StringComparison.Ordinal)));
    }

    private void CountLinesTo(int index)
    {
        for (var newline = LineEnd(_lineStart); newline < index; newline = LineEnd(_lineStart))
        {
            _line++;
            _lineStart = newline + 1;
        }
    }

    /// <summary>Each line's end is looked for once, however many tags stand in it.</summary>
    private int LineEnd(int from)
    {
        if (from < _lineEndFrom || from > _lineEnd)
            (_lineEndFrom, _lineEnd) = (from, _source.IndexOf('\n', from) is var end and >= 0 ? end : _source.Length);
        return _lineEnd;
    }

    private bool IsBlank(int start, int end) => _source.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\t') < 0;

    private TemplateError Error(Position at, string code, string text) => new(_message, at.Line, at.Column, code, char.ToUpperInvariant(text[0]) + text[1..]);
}
