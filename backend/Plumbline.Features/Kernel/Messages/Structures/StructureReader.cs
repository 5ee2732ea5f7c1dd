namespace Plumbline.Features.Kernel.Messages.Structures;

/// <summary>Reads one structure to its end, and forgives what parsers do not: comments, names without quotes, quotes within quotes, what is cut off.</summary>
internal sealed class StructureReader(string text, Blanks blanks)
{
    private readonly Stack<Bracket> _open = new();
    private readonly List<StructureItem> _items = [];
    private readonly List<(int Start, int End)> _strings = [];
    private StructureForm _form;
    private bool _mayBegin = true;
    private int _end;

    /// <summary>A bracket that is open, and what is known of the item that is read within it.</summary>
    private sealed class Bracket(int at, char closer)
    {
        public int At { get; } = at;

        public char Closer { get; } = closer;

        public int Before { get; set; } = -1;

        public int Start { get; set; } = -1;

        public (int Start, int End)? Word { get; set; }

        public string? Name { get; set; }

        public bool IsLiteral { get; set; }
    }

    public Structure Read(int start, int bracket, StructureForm form)
    {
        _form = form;
        var at = bracket;
        do at = Step(at);
        while (_open.Count > 0 && at < text.Length);
        var isCutOff = _open.Count > 0;
        while (_open.Count > 0)
        {
            EndItem(_end, null);
            Close(_end);
        }
        return new(start, at, form, isCutOff, _items, _strings);
    }

    private int Step(int at)
    {
        var past = blanks.Skip(at, _open.Count == 0 || _open.Peek().Start < 0 || (_form == StructureForm.Quoted && text[at - 1] != ':'));
        if (past > at) return past;
        if (_mayBegin && Quote.At(text, at) is { } quote) return ReadString(at, quote);
        switch (text[at])
        {
            case '{' or '[' or '(': Open(at); break;
            case '}' or ']' or ')' when text[at] == _open.Peek().Closer:
                EndItem(_end, null);
                Close(at + 1);
                break;
            case ',' or ';':
                EndItem(_end, at);
                _mayBegin = true;
                break;
            case ':' or '=': return Separate(at);
            default: return ReadWord(at);
        }
        _end = at + 1;
        return at + 1;
    }

    private int ReadString(int at, Quote quote)
    {
        var (close, length) = quote.CloseIn(text, at + quote.Length);
        Begin(at, isLiteral: true);
        if (_open.Peek() is { Name: null } bracket) bracket.Word = (at + quote.Length, close);
        if (text.AsSpan(at + quote.Length, close - at - quote.Length).ContainsAny('{', '[', '(')) _strings.Add((at + quote.Length, close));
        _mayBegin = false;
        return _end = close + length;
    }

    private int ReadWord(int at)
    {
        var end = at;
        while (end < text.Length && StructureScanner.IsOfName(text[end])) end++;
        if (end == at)
        {
            Begin(at, isLiteral: false);
            _mayBegin = false;
            return _end = at + 1;
        }
        // b'…' and f"…" are strings.
        var isPrefix = _mayBegin && end - at <= 2 && char.IsLetter(text[at]) && Quote.At(text, end) is { Escapes: 0, Named: null };
        Begin(at, char.IsDigit(text[at]) || text[at] == '-');
        if (_open.Peek() is { Name: null } bracket) bracket.Word = (at, end);
        _mayBegin = isPrefix;
        return _end = end;
    }

    // The first of an item, or the first of its value.
    private void Begin(int at, bool isLiteral)
    {
        var bracket = _open.Peek();
        if (bracket.Start < 0) bracket.Start = at;
        if (_mayBegin) bracket.IsLiteral = isLiteral;
    }

    private int Separate(int at)
    {
        var bracket = _open.Peek();
        var isComparison = text[at] == '=' && at + 1 < text.Length && text[at + 1] == '=';
        var length = isComparison || (at + 1 < text.Length && text[at] == '=' && text[at + 1] == '>') ? 2 : 1;
        if (bracket.Start < 0) bracket.Start = at;
        if (!isComparison && bracket is { Name: null, Word: { } word })
        {
            bracket.Name = text[word.Start..word.End];
            _mayBegin = true;
        }
        return _end = at + length;
    }

    private void Open(int at)
    {
        if (_open.Count > 0) Begin(at, isLiteral: true);
        _open.Push(new Bracket(at, text[at] switch { '{' => '}', '[' => ']', _ => ')' }));
        _mayBegin = true;
    }

    private void Close(int end)
    {
        _open.Pop();
        _mayBegin = false;
        _end = end;
    }

    private void EndItem(int end, int? separator)
    {
        var bracket = _open.Peek();
        if (bracket.Start >= 0)
        {
            var after = separator is { } at ? AfterSpace(at + 1) : end;
            _items.Add(new(bracket.At, bracket.Name, bracket.IsLiteral, bracket.Before, bracket.Start, end, after));
        }
        if (separator is { } sign) bracket.Before = sign;
        bracket.Start = -1;
        bracket.Word = null;
        bracket.Name = null;
        bracket.IsLiteral = false;
    }

    private int AfterSpace(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
