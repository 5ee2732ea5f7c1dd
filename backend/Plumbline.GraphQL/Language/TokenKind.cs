namespace Plumbline.GraphQL.Language;

/// <summary>https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens</summary>
internal enum TokenKind : byte
{
    StartOfFile,
    EndOfFile,
    Bang,
    Dollar,
    Ampersand,
    ParenLeft,
    ParenRight,
    Spread,
    Colon,
    Equal,
    At,
    BracketLeft,
    BracketRight,
    BraceLeft,
    Pipe,
    BraceRight,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

internal static class TokenKindText
{
    private static readonly string[] Texts =
    [
        "<SOF>", "<EOF>", "\"!\"", "\"$\"", "\"&\"", "\"(\"", "\")\"", "\"...\"", "\":\"", "\"=\"", "\"@\"", "\"[\"", "\"]\"", "\"{\"", "\"|\"", "\"}\"",
        "Name", "Int", "Float", "String", "BlockString",
    ];

    public static string Describe(this TokenKind kind) => Texts[(int)kind];
}
