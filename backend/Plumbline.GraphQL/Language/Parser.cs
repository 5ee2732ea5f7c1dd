using System.Text;
using System.Text.Unicode;

namespace Plumbline.GraphQL.Language;

/// <summary>Limits while reading a document.</summary>
/// <param name="MaxTokens">Tokens, comments not counted.</param>
/// <param name="MaxDepth">Nesting of selection sets, values and types.</param>
internal readonly record struct ParseLimits(int MaxTokens, int MaxDepth)
{
    public static ParseLimits None => new(int.MaxValue, 512);
}

/// <summary>Recursive descent over tokens. https://spec.graphql.org/September2025/#sec-Language</summary>
internal ref partial struct Parser
{
    private readonly ParseLimits _limits;
    private readonly List<object> _pending = [];
    private Lexer _lexer;
    private int _tokens;
    private int _depth;

    private Parser(ReadOnlySpan<byte> source, ParseLimits limits)
    {
        _lexer = new Lexer(source);
        _limits = limits;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="GraphQLSyntaxException">The source is no document.</exception>
    public static DocumentNode Parse(ReadOnlyMemory<byte> source, ParseLimits limits)
    {
        if (!Utf8.IsValid(source.Span)) throw new GraphQLSyntaxException("The document is not valid UTF-8.", new SourceLocation(1, 1));
        var parser = new Parser(source.Span, limits);
        return parser.ParseDocument(source);
    }

    public static DocumentNode Parse(string source) => Parse(Encoding.UTF8.GetBytes(source), ParseLimits.None);

    /// <summary>Reads a single constant value, as in a default.</summary>
    public static ValueNode ParseConstant(string source)
    {
        var parser = new Parser(Encoding.UTF8.GetBytes(source), ParseLimits.None);
        parser.Advance();
        var value = parser.ParseValue(isConstant: true);
        parser.Expect(TokenKind.EndOfFile);
        return value;
    }

    private DocumentNode ParseDocument(ReadOnlyMemory<byte> source)
    {
        Advance();
        var from = _pending.Count;
        do _pending.Add(ParseDefinition());
        while (_lexer.Kind != TokenKind.EndOfFile);
        return new DocumentNode(Collect<DefinitionNode>(from), source) { Start = 0, End = source.Length, TokenCount = _tokens };
    }

    private DefinitionNode ParseDefinition()
    {
        if (_lexer.Kind == TokenKind.BraceLeft) return ParseOperation(null, _lexer.Start);
        var start = _lexer.Start;
        StringValueNode? description = null;
        if (PeekDescription)
        {
            var before = _lexer;
            description = ParseStringLiteral();
            CheckDescribed(before);
        }
        if (_lexer.Kind != TokenKind.Name) throw Unexpected();
        var keyword = _lexer.Text;
        if (keyword.SequenceEqual("query"u8) || keyword.SequenceEqual("mutation"u8) || keyword.SequenceEqual("subscription"u8))
            return ParseOperation(description, start);
        if (keyword.SequenceEqual("fragment"u8)) return ParseFragmentDefinition(description, start);
        return ParseTypeSystem(description, start);
    }

    private readonly void CheckDescribed(Lexer at)
    {
        if (_lexer.Kind == TokenKind.BraceLeft) throw at.Fail("Unexpected description, descriptions are not supported on shorthand queries.", at.Start);
        if (_lexer.Kind == TokenKind.Name && !StartsDefinition(_lexer.Text))
            throw at.Fail("Unexpected description, only GraphQL definitions support descriptions.", at.Start);
    }

    private static bool StartsDefinition(ReadOnlySpan<byte> keyword) =>
        Encoding.UTF8.GetString(keyword) is "schema" or "scalar" or "type" or "interface" or "union" or "enum" or "input" or "directive"
            or "query" or "mutation" or "subscription" or "fragment";

    private readonly bool PeekDescription => _lexer.Kind is TokenKind.String or TokenKind.BlockString;

    private StringValueNode? ParseDescription() => PeekDescription ? ParseStringLiteral() : null;

    private void Advance()
    {
        _lexer.Advance();
        if (_lexer.Kind != TokenKind.EndOfFile && ++_tokens > _limits.MaxTokens)
            throw _lexer.Fail($"Document contains more than {_limits.MaxTokens} tokens. Parsing aborted.", _lexer.Start);
    }

    private bool Skip(TokenKind kind)
    {
        if (_lexer.Kind != kind) return false;
        Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (_lexer.Kind != kind) throw _lexer.Fail($"Expected {kind.Describe()}, found {DescribeToken()}.", _lexer.Start);
        Advance();
    }

    private bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (_lexer.Kind != TokenKind.Name || !_lexer.Text.SequenceEqual(keyword)) return false;
        Advance();
        return true;
    }

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!SkipKeyword(keyword)) throw _lexer.Fail($"Expected \"{Encoding.UTF8.GetString(keyword)}\", found {DescribeToken()}.", _lexer.Start);
    }

    private Name ParseName()
    {
        if (_lexer.Kind != TokenKind.Name) throw _lexer.Fail($"Expected Name, found {DescribeToken()}.", _lexer.Start);
        var name = new Name(NameCache.Get(_lexer.Text), _lexer.Start);
        Advance();
        return name;
    }

    private readonly GraphQLSyntaxException Unexpected() => _lexer.Fail($"Unexpected {DescribeToken()}.", _lexer.Start);

    private readonly string DescribeToken() => _lexer.Kind switch
    {
        TokenKind.String or TokenKind.BlockString => $"{_lexer.Kind.Describe()} \"{_lexer.StringValue()}\"",
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{_lexer.Kind.Describe()} \"{Encoding.UTF8.GetString(_lexer.Text)}\"",
        _ => _lexer.Kind.Describe(),
    };

    private readonly T Done<T>(T node, int start) where T : Node
    {
        node.Start = start;
        node.End = _lexer.LastEnd;
        return node;
    }

    /// <summary>Takes what was pushed since <paramref name="from"/> off the stack that all lists share.</summary>
    private readonly T[] Collect<T>(int from)
    {
        var count = _pending.Count - from;
        if (count == 0) return [];
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = (T)_pending[from + i];
        _pending.RemoveRange(from, count);
        return items;
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth) throw _lexer.Fail($"Document is nested more than {_limits.MaxDepth} levels deep. Parsing aborted.", _lexer.Start);
    }

    private void Leave() => _depth--;
}
