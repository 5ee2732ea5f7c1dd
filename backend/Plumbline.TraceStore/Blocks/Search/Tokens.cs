namespace Plumbline.TraceStore.Blocks.Search;

/// <summary>Cuts folded UTF-8 into tokens: runs of ASCII letters and digits and of characters below U+2000 outside ASCII; each character from U+3000 on by
/// itself. All else separates.</summary>
internal ref struct Tokens(ReadOnlySpan<byte> folded)
{
    private readonly ReadOnlySpan<byte> _folded = folded;
    private int _at;

    /// <summary>Where the current token starts and how long it is.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Current => _folded.Slice(Start, Length);

    /// <summary>Whether the token is one character that stands by itself.</summary>
    public readonly bool IsSingle => _folded[Start] >= 0xE3;

    public bool MoveNext()
    {
        var text = _folded;
        var at = _at;
        while (at < text.Length && Class(text[at]) == Separator) at++;
        if (at == text.Length)
        {
            _at = at;
            return false;
        }
        Start = at;
        if (Class(text[at]) == Single) at = Skip(text, at);
        else
        {
            while (at < text.Length && Class(text[at]) is var c && (c == Run || c == Lead)) at = c == Run ? at + 1 : Skip(text, at);
        }
        Length = at - Start;
        _at = at;
        return true;
    }

    // A character of several bytes, as many of its continuation bytes as are there.
    private static int Skip(ReadOnlySpan<byte> text, int at)
    {
        var most = text[at] >= 0xF0 ? 3 : text[at] >= 0xE0 ? 2 : 1;
        for (at++; most > 0 && at < text.Length && (text[at] & 0xC0) == 0x80; most--) at++;
        return at;
    }

    private const byte Separator = 0;
    private const byte Run = 1;
    private const byte Lead = 2;
    private const byte Single = 3;

    private static byte Class(byte b) => Classes[b];

    private static readonly byte[] Classes = [.. Enumerable.Range(0, 256).Select(b => b switch
    {
        < 0x80 => char.IsAsciiLetterOrDigit((char)b) ? Run : Separator,
        < 0xC2 or 0xE2 => Separator,
        < 0xE2 => Lead,
        _ => Single,
    })];
}
