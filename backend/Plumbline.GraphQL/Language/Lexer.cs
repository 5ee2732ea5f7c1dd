using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Cuts UTF-8 source text into tokens, without allocation. https://spec.graphql.org/September2025/#sec-Language.Source-Text</summary>
internal ref partial struct Lexer(ReadOnlySpan<byte> source)
{
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
        var bytes = Source;
        var at = End;
        while ((uint)at < (uint)bytes.Length)
        {
            var kind = ByteClasses.Of[bytes[at]];
            if (kind == ByteClasses.Ignored)
            {
                at++;
                continue;
            }
            if (kind == ByteClasses.NameStart)
            {
                ReadName(at);
                return;
            }
            if (kind < ByteClasses.Ignored)
            {
                Take((TokenKind)kind, at, 1);
                return;
            }
            if (kind == ByteClasses.Digit)
            {
                ReadNumber(at);
                return;
            }
            if (!ReadOther(ref at)) return;
        }
        Take(TokenKind.EndOfFile, bytes.Length, 0);
    }

    /// <summary>Comments, byte order marks, strings and spreads; true when nothing was read but ignored.</summary>
    private bool ReadOther(ref int at)
    {
        var rest = Source[at..];
        switch (rest[0])
        {
            case (byte)'#':
                var length = rest.IndexOfAny(LineEnds);
                at = length < 0 ? Source.Length : at + length;
                return true;
            case (byte)'"':
                ReadQuoted(at);
                return false;
            case (byte)'.' when rest.StartsWith("..."u8):
                Take(TokenKind.Spread, at, 3);
                return false;
            case 0xEF when rest.StartsWith("\uFEFF"u8):
                at += 3;
                return true;
            default:
                Unexpected(at);
                return false;
        }
    }

    private void Take(TokenKind kind, int start, int length)
    {
        Kind = kind;
        Start = start;
        End = start + length;
    }

    private void ReadName(int start)
    {
        var bytes = Source;
        var at = start + 1;
        while ((uint)at < (uint)bytes.Length && ByteClasses.Of[bytes[at]] is ByteClasses.NameStart or ByteClasses.Digit && bytes[at] != '-') at++;
        Take(TokenKind.Name, start, at - start);
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
