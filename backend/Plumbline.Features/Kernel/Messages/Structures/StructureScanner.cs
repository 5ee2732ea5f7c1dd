namespace Plumbline.Features.Kernel.Messages.Structures;

/// <summary>Finds what is written as data in the midst of a text, in one pass: JSON and what Python prints, or else JavaScript's objects and those that
/// programs print. Where braces are no more than braces it finds nothing.</summary>
internal sealed class StructureScanner
{
    private const int MostOfAName = 64;
    private static readonly System.Buffers.SearchValues<char> Openers = System.Buffers.SearchValues.Create("{[(");
    private readonly string _text;
    private readonly Blanks _blanks;

    private readonly bool _areNamesBare;

    private StructureScanner(string text, bool areNamesBare)
    {
        _text = text;
        _areNamesBare = areNamesBare;
        _blanks = new Blanks(text);
    }

    /// <summary>The structures whose names are in quotes, in order; none is within another.</summary>
    public static List<Structure> In(string text) => new StructureScanner(text, areNamesBare: false).All();

    /// <summary>Those whose names are not. They may be code or, where a colon follows a word, no data at all: what they hold of the others is to be looked
    /// for first.</summary>
    public static List<Structure> BareIn(string text) => new StructureScanner(text, areNamesBare: true).All();

    private List<Structure> All()
    {
        var found = new List<Structure>();
        for (var at = Next(0); at < _text.Length; at = Next(at))
        {
            var past = at + 1;
            var structure = _areNamesBare ? BareAt(at, found.Count == 0 ? 0 : found[^1].End) : QuotedAt(at, ref past);
            if (structure is not null) found.Add(structure);
            at = structure?.End ?? past;
        }
        return found;
    }

    private int Next(int from) => _text.AsSpan(from).IndexOfAny(Openers) is var next and >= 0 ? from + next : _text.Length;

    // An object, or a list of them or of such lists: one of plain values has no names that could tell anything.
    private Structure? QuotedAt(int at, ref int past)
    {
        if (_text[at] == '(') return null;
        var brace = at;
        while (brace < _text.Length && _text[brace] == '[') brace = _blanks.Skip(brace + 1);
        past = Math.Max(past, brace);
        return brace < _text.Length && _text[brace] == '{' && HasQuotedName(brace) ? Read(at, at, StructureForm.Quoted) : null;
    }

    private bool HasQuotedName(int brace)
    {
        var at = _blanks.Skip(brace + 1);
        if (Quote.At(_text, at) is not { } quote) return false;
        var close = quote.CloseIn(_text, at + quote.Length);
        return close.Length > 0 && IsSeparator(_blanks.Skip(close.At + close.Length));
    }

    private Structure? BareAt(int at, int from) => CallAt(at, from) ?? (_text[at] == '{' && HasBareName(at) ? Read(at, at, StructureForm.Bare) : null);

    private bool HasBareName(int brace)
    {
        var at = _blanks.Skip(brace + 1);
        if (at < _text.Length && _text[at] == ':') at++;
        var end = NameEnd(at);
        return end > at && IsSeparator(_blanks.Skip(end), mayAssign: false);
    }

    private Structure? CallAt(int bracket, int from)
    {
        var end = bracket > from && _text[bracket] == '{' && _text[bracket - 1] == ' ' ? bracket - 1 : bracket;
        var start = end;
        while (start > from && end - start < MostOfAName && IsOfName(_text[start - 1])) start--;
        if (start == end || !char.IsUpper(_text[start]) || (start > from && IsOfName(_text[start - 1]))) return null;
        var first = _blanks.Skip(bracket + 1);
        var named = NameEnd(first);
        var sign = named > first ? _blanks.Skip(named) : _text.Length;
        var isCall = sign < _text.Length && _text[sign] == '=' && !(sign + 1 < _text.Length && _text[sign + 1] is '=' or '>');
        return isCall ? Read(start, bracket, StructureForm.Call) : null;
    }

    private Structure Read(int start, int bracket, StructureForm form) => new StructureReader(_text, _blanks).Read(start, bracket, form);

    private bool IsSeparator(int at, bool mayAssign = true) => at < _text.Length && _text[at] switch
    {
        ':' => at + 1 >= _text.Length || _text[at + 1] != ':',
        '=' => mayAssign || (at + 1 < _text.Length && _text[at + 1] == '>'),
        _ => false,
    };

    private int NameEnd(int at)
    {
        var end = at;
        while (end < _text.Length && end - at < MostOfAName && IsOfName(_text[end])) end++;
        return end;
    }

    public static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$';
}
