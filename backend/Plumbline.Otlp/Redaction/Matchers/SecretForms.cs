using System.Buffers;
using System.Text;

namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>How a secret goes on behind the word it is found by.</summary>
/// <param name="Anchor">The word; upper and lower case are the same.</param>
/// <param name="Order">Of two secrets at one place that of the lower order counts.</param>
internal abstract record SecretForm(string Anchor, int Order)
{
    public byte[] Utf8 { get; } = Encoding.ASCII.GetBytes(Anchor);

    /// <summary>The secret found by the anchor at a position.</summary>
    public abstract bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret);
}

/// <summary>A prefix at the beginning of a word, and so many characters of a set.</summary>
internal sealed record PrefixedSecret(string Anchor, int Order, SearchValues<byte> Set, int Shortest, int Longest = int.MaxValue, bool EndsWord = false)
    : SecretForm(Anchor, Order)
{
    public override bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret)
    {
        secret = default;
        if (Around.IsInWordBefore(text, at)) return false;
        var run = Math.Min(Longest, Around.Run(text, at + Anchor.Length, Set));
        secret = at..(at + Anchor.Length + run);
        return run >= Shortest && !(EndsWord && Around.IsInWordAt(text, secret.End.Value));
    }
}

/// <summary>A JSON Web Token: three parts with dots.</summary>
internal sealed record WebToken(string Anchor, int Order, SearchValues<byte> Set) : SecretForm(Anchor, Order)
{
    private const int Shortest = 8;

    // A limit, so that a long text of nothing but beginnings takes no time that grows with its square.
    private const int LongestPart = 16 * 1024;

    public override bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret)
    {
        secret = default;
        if (Around.IsInWordBefore(text, at)) return false;
        var end = at + Anchor.Length;
        for (var part = 0; part < 3; part++)
        {
            if (part > 0 && Around.At(text, end++) != '.') return false;
            var run = Around.Run(text[..Math.Min(text.Length, end + LongestPart)], end, Set);
            if (run < Shortest) return false;
            end += run;
        }
        secret = at..end;
        return true;
    }
}

/// <summary>What follows <c>Bearer</c> in a header.</summary>
internal sealed record BearerSecret(string Anchor, int Order, SearchValues<byte> Set) : SecretForm(Anchor, Order)
{
    private const int Shortest = 16;

    public override bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret)
    {
        var start = at + Anchor.Length;
        var end = start + Around.Run(text, start, Set);
        var isLong = end - start >= Shortest;
        while (Around.At(text, end) == '=') end++;
        secret = start..end;
        return isLong && !Around.IsInWordBefore(text, at);
    }
}

/// <summary>A value behind a word like <c>password</c>, a colon or an equals sign, and perhaps quotes and white space.</summary>
internal sealed record NamedSecret(string Anchor, int Order) : SecretForm(Anchor, Order)
{
    private const int Shortest = 6;
    private const int MostSpaces = 3;

    public override bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret)
    {
        secret = default;
        var start = at + Anchor.Length;
        if (IsQuote(text, start)) start++;
        start = AfterSpaces(text, start);
        if (start < 0 || Around.At(text, start) is not ((byte)':' or (byte)'=')) return false;
        start = AfterSpaces(text, start + 1);
        if (start < 0) return false;
        if (IsQuote(text, start)) start++;
        var end = start;
        var units = 0;
        while (end < text.Length && text[end] is not ((byte)'"' or (byte)'\'' or (byte)',' or (byte)';') && Around.SpaceAt(text, end) == 0)
        {
            var size = 1;
            units += text[end] < 0x80 ? 1 : Around.RuneAt(text, end, out size).Utf16SequenceLength;
            end += size;
        }
        secret = start..end;
        return units >= Shortest;
    }

    private static bool IsQuote(ReadOnlySpan<byte> text, int at) => Around.At(text, at) is (byte)'"' or (byte)'\'';

    // Behind up to three; -1 when there are more.
    private static int AfterSpaces(ReadOnlySpan<byte> text, int at)
    {
        for (var spaces = 0; Around.SpaceAt(text, at) is > 0 and var size; spaces++)
        {
            if (spaces == MostSpaces) return -1;
            at += size;
        }
        return at;
    }
}

/// <summary>A private key in PEM.</summary>
internal sealed record PrivateKey(string Anchor, int Order) : SecretForm(Anchor, Order)
{
    private const int MostBetween = 8192;
    private static readonly SearchValues<byte> Label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz "u8);

    public override bool TryMatch(ReadOnlySpan<byte> text, int at, out Range secret)
    {
        secret = default;
        var begin = LabelEnd(text, at + Anchor.Length);
        if (begin < 0) return false;
        var window = text[..Math.Min(text.Length, begin + (MostBetween * 3) + 9)];
        for (var end = begin; window[end..].IndexOf("-----"u8) is >= 0 and var found; end++)
        {
            end += found;
            if (!StartsWith(window[end..], "-----END "u8) || LabelEnd(text, end + 9) is not (> 0 and var last)) continue;
            secret = at..last;
            return Encoding.UTF8.GetCharCount(text[begin..end]) <= MostBetween;
        }
        return false;
    }

    private static int LabelEnd(ReadOnlySpan<byte> text, int at)
    {
        var label = text.Slice(at, Around.Run(text, at, Label));
        var end = at + label.Length;
        return label.Length >= 11 && StartsWith(label[^11..], "PRIVATE KEY"u8) && text[end..].StartsWith("-----"u8) ? end + 5 : -1;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}

/// <summary>The secrets that are known.</summary>
internal static class SecretForms
{
    private static readonly SearchValues<byte> Alphanumeric = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);
    private static readonly SearchValues<byte> Hyphened = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> Underlined = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);
    private static readonly SearchValues<byte> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/-"u8);

    public static SecretForm[] All { get; } =
    [
        new PrivateKey("-----BEGIN ", 1),
        new PrefixedSecret("sk-", 2, Base64Url, 16),
        new PrefixedSecret("pl_", 3, Alphanumeric, 24),
        new PrefixedSecret("AKIA", 4, Alphanumeric, 16, 16, EndsWord: true),
        new PrefixedSecret("ASIA", 4, Alphanumeric, 16, 16, EndsWord: true),
        .. "pousr".Select(c => new PrefixedSecret($"gh{c}_", 5, Alphanumeric, 30)),
        new PrefixedSecret("github_pat_", 6, Underlined, 30),
        .. "abprs".Select(c => new PrefixedSecret($"xox{c}-", 7, Hyphened, 10)),
        new PrefixedSecret("AIza", 8, Base64Url, 35, 35),
        new WebToken("eyJ", 9, Base64Url),
        new BearerSecret("bearer ", 10, Token),
        .. NamedAnchors.Select(word => new NamedSecret(word, 11)),
    ];

    private static IEnumerable<string> NamedAnchors =>
        ["password", "passwd", "secret", "apikey", "api_key", "api-key", "accesstoken", "access_token", "access-token"];

    private static readonly SecretForm[][] ByFirstLetter = [.. Enumerable.Range(0, 128).Select(c =>
        All.Where(f => char.ToLowerInvariant(f.Anchor[0]) == c).ToArray())];

    /// <summary>The form whose anchor a text begins with.</summary>
    public static SecretForm? At(ReadOnlySpan<byte> text)
    {
        foreach (var form in ByFirstLetter[char.ToLowerInvariant((char)(text[0] & 0x7F))])
        {
            if (text.Length >= form.Utf8.Length && Ascii.EqualsIgnoreCase(text[..form.Utf8.Length], form.Utf8)) return form;
        }
        return null;
    }
}
