using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Cuts UTF-8 source text into tokens, without allocation. https://spec.graphql.org/September2025/#sec-Language.Source-Text</summary>
internal ref partial struct Lexer(ReadOnlySpan<byte> source)
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    public readonly ReadOnlySpan<byte> Source = source;
    public TokenKind Kind = TokenKind.StartOfFile;
    public int Start;
    public int End;
    public int LastEnd;

    /// <summary>The current token's bytes.</summary>
    public readonly ReadOnlySpan<byte> Text => Source[Start..End];

    public void Advance()
    {
        LastEnd = End;
        var at = End;
        while (at < Source.Length)
        {
            var b = Source[at];
            switch (b)
            {
                case (byte)' ' or (byte)'\t' or (byte)',' or (byte)'\n' or (byte)'\r':
                    at++;
                    continue;
                case 0xEF when Source[at..].StartsWith("\uFEFF"u8):
                    at += 3;
                    continue;
                case (byte)'#':
                    var length = Source[at..].IndexOfAny(LineEnds);
                    at = length < 0 ? Source.Length : at + length;
                    continue;
                case (byte)'!': Take(TokenKind.Bang, at, 1); return;
                case (byte)'$': Take(TokenKind.Dollar, at, 1); return;
                case (byte)'&': Take(TokenKind.Ampersand, at, 1); return;
                case (byte)'(': Take(TokenKind.ParenLeft, at, 1); return;
                case (byte)')': Take(TokenKind.ParenRight, at, 1); return;
                case (byte)':': Take(TokenKind.Colon, at, 1); return;
                case (byte)'=': Take(TokenKind.Equal, at, 1); return;
                case (byte)'@': Take(TokenKind.At, at, 1); return;
                case (byte)'[': Take(TokenKind.BracketLeft, at, 1); return;
                case (byte)']': Take(TokenKind.BracketRight, at, 1); return;
                case (byte)'{': Take(TokenKind.BraceLeft, at, 1); return;
                case (byte)'|': Take(TokenKind.Pipe, at, 1); return;
                case (byte)'}': Take(TokenKind.BraceRight, at, 1); return;
                case (byte)'.' when Source[at..].StartsWith("..."u8): Take(TokenKind.Spread, at, 3); return;
                case (byte)'"': ReadQuoted(at); return;
            }
            if (IsNameStart(b)) ReadName(at);
            else if (b == '-' || IsDigit(b)) ReadNumber(at);
            else Unexpected(at);
            return;
        }
        Take(TokenKind.EndOfFile, Source.Length, 0);
    }

    private void Take(TokenKind kind, int start, int length)
    {
        Kind = kind;
        Start = start;
        End = start + length;
    }

    private void ReadName(int start)
    {
        var length = Source[start..].IndexOfAnyExcept(NameBytes);
        Take(TokenKind.Name, start, length < 0 ? Source.Length - start : length);
    }

    private void ReadNumber(int start)
    {
        var at = start;
        var isFloat = false;
        if (Source[at] == '-') at++;
        if (ByteAt(at) == '0')
        {
            at++;
            if (IsDigit(ByteAt(at))) throw Fail($"Invalid number, unexpected digit after 0: {PrintCodePoint(at)}.", at);
        }
        else at = ReadDigits(at);
        if (ByteAt(at) == '.')
        {
            isFloat = true;
            at = ReadDigits(at + 1);
        }
        if (ByteAt(at) is (byte)'e' or (byte)'E')
        {
            isFloat = true;
            at++;
            if (ByteAt(at) is (byte)'+' or (byte)'-') at++;
            at = ReadDigits(at);
        }
        if (ByteAt(at) == '.' || IsNameStart(ByteAt(at))) throw Fail($"Invalid number, expected digit but got: {PrintCodePoint(at)}.", at);
        Take(isFloat ? TokenKind.Float : TokenKind.Int, start, at - start);
    }

    private readonly int ReadDigits(int at)
    {
        if (!IsDigit(ByteAt(at))) throw Fail($"Invalid number, expected digit but got: {PrintCodePoint(at)}.", at);
        while (IsDigit(ByteAt(at))) at++;
        return at;
    }

    /// <summary>0 behind the end, which no token contains.</summary>
    private readonly byte ByteAt(int at) => at < Source.Length ? Source[at] : (byte)0;

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private static bool IsNameStart(byte b) => b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_';

    [DoesNotReturn]
    private readonly void Unexpected(int at) => throw Fail(
        Source[at] == '\''
            ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
            : $"Unexpected character: {PrintCodePoint(at)}.", at);

    private readonly string PrintCodePoint(int at)
    {
        if (at >= Source.Length) return "<EOF>";
        Rune.DecodeFromUtf8(Source[at..], out var rune, out _);
        if (rune.Value is >= 0x20 and <= 0x7E) return rune.Value == '"' ? "'\"'" : $"\"{rune}\"";
        return $"U+{rune.Value:X4}";
    }

    public readonly GraphQLSyntaxException Fail(string description, int at) => new(description, SourcePosition.Of(Source, at));
}
