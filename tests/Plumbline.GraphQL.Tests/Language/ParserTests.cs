using System.Text;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Tests.Language;

public sealed class ParserTests
{
    [Theory]
    [InlineData("{ a", 1, 4, "Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("\n\n  { é }", 3, 5, "Syntax Error: Unexpected character: U+00E9.")]
    [InlineData("# é\r\n{ a(b: 'c') }", 2, 8, "Syntax Error: Unexpected single quote character ('), did you mean to use a double quote (\")?")]
    [InlineData("{ a(b: 00) }", 1, 9, "Syntax Error: Invalid number, unexpected digit after 0: \"0\".")]
    [InlineData("{ a(b: \"x\n\") }", 1, 10, "Syntax Error: Unterminated string.")]
    [InlineData("{ a(b: \"\\uD800\") }", 1, 9, "Syntax Error: Invalid Unicode escape sequence: \"\\uD800\".")]
    [InlineData("query ($a: Int = $b) { a }", 1, 18, "Syntax Error: Unexpected variable \"$b\" in constant value.")]
    public void Parse_NoDocument_SaysWhatAndWhere(string source, int line, int column, string message)
    {
        var wrong = Assert.Throws<GraphQLSyntaxException>(() => Parser.Parse(source));
        Assert.Equal(message, wrong.Message);
        Assert.Equal(new SourceLocation(line, column), wrong.Location);
    }

    [Fact]
    public void Parse_DeeperThanAllowed_IsRefused()
    {
        var bomb = string.Concat(Enumerable.Repeat("{a", 200)) + string.Concat(Enumerable.Repeat("}", 200));
        var wrong = Assert.Throws<GraphQLSyntaxException>(() => Parser.Parse(Encoding.UTF8.GetBytes(bomb), new ParseLimits(10_000, 128)));
        Assert.Equal("Syntax Error: Document is nested more than 128 levels deep. Parsing aborted.", wrong.Message);
    }

    [Fact]
    public void Parse_MoreTokensThanAllowed_IsRefused()
    {
        var wrong = Assert.Throws<GraphQLSyntaxException>(() => Parser.Parse("{ a b c d }"u8.ToArray(), new ParseLimits(4, 10)));
        Assert.Equal("Syntax Error: Document contains more than 4 tokens. Parsing aborted.", wrong.Message);
    }

    [Fact]
    public void Parse_NoUtf8_IsRefused() =>
        Assert.Throws<GraphQLSyntaxException>(() => Parser.Parse(new byte[] { (byte)'{', 0xFF, (byte)'}' }, ParseLimits.None));

    [Theory]
    [InlineData("\"\"\"\n    one\n      two\n\n\"\"\"", "one\n  two")]
    [InlineData("\"\"\" a \\\"\"\" b\"\"\"", " a \"\"\" b")]
    [InlineData("\"\\u{1F600}\\uD83D\\uDE00\\t\"", "😀😀\t")]
    public void ParseConstant_Strings_HaveTheirValue(string source, string value) =>
        Assert.Equal(value, Assert.IsType<StringValueNode>(Parser.ParseConstant(source)).Value);

    [Fact]
    public void Print_Schema_ReadsBackTheSame()
    {
        var printed = Printer.Print(Parser.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema.graphql"))));
        Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
    }
}
