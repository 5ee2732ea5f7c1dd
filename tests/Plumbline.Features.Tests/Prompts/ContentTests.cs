using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Kernel.Json;
using Plumbline.Features.Prompts;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Tests.Prompts;

public sealed class ContentTests
{
    private static PromptContent Require(PromptContent content) => PromptContentRules.Require(content, new());

    private static string Hash(PromptContent content) => PromptHash.Of(Require(content));

    [Fact]
    public void Hash_OfKnownContent_NeverChanges() => Assert.Equal(
        """{"code":null,"messages":[{"role":"SYSTEM","template":"Be brief."},{"role":"USER","template":"Answer """
            + """{{question}}"}],"model":"demo-echo","parameters":{"temperature":0.2},"responseSchema":null,"tools":[],"variables":[{"default":null,"description":null,"enumValues":[],"name":"question","required":true,"type":"STRING"}]}""",
        PromptHash.CanonicalForm(Require(PromptMother.Content())));

    [Fact]
    public void Hash_WrittenDifferently_IsTheSame()
    {
        var one = PromptMother.Content("Answer {{question}}\nnow", parameters: """{"a":1,"b":{"d":[1.0],"c":"\u00fc"}}""");
        var other = PromptMother.Content("Answer {{question}}\r\nnow", parameters: """ { "b" : { "c":"ü", "d":[ 1 ] }, "a":1e0 } """);
        Assert.Equal(Hash(one), Hash(other));
    }

    [Fact]
    public void Hash_OfAnotherProvider_IsTheSame() =>
        Assert.Equal(Hash(PromptMother.Content() with { Provider = "a" }), Hash(PromptMother.Content() with { Provider = "b" }));

    public static TheoryData<string> Changes => ["template", "role", "model", "parameters", "variable", "default", "tool", "schema", "code", "order"];

    [Theory, MemberData(nameof(Changes))]
    public void Hash_OfChangedContent_IsAnother(string change)
    {
        var content = PromptMother.Content();
        var changed = change switch
        {
            "template" => PromptMother.Content("Answer {{question}}!"),
            "role" => content with { Messages = content.Messages.SetItem(0, new(MessageRole.Assistant, "Be brief.")) },
            "model" => PromptMother.Content(model: "other"),
            "parameters" => PromptMother.Content(parameters: "{}"),
            "variable" => PromptMother.Content(variables: [content.Variables[0] with { Required = false }]),
            "default" => PromptMother.Content(variables: [content.Variables[0] with { DefaultJson = "\"\"" }]),
            "tool" => content with { Tools = [new("search", null, null)] },
            "schema" => content with { ResponseSchemaJson = "{}" },
            "code" => content with { Code = new("python", "f()", "def f(): pass", "{}") },
            _ => content with { Messages = [.. content.Messages.Reverse()] },
        };
        Assert.NotEqual(Hash(content), Hash(changed));
    }

    [Fact]
    public void Require_ManyMistakes_TellsThemAllWithTheirPlace()
    {
        var content = new PromptContent
        {
            Messages = [new(MessageRole.User, "a\n{{nobody}} {{x"), new(MessageRole.User, "{{other}}")],
            Variables = [new() { Name = "x y", Type = VariableType.String }, new() { Name = "n", Type = VariableType.Integer, DefaultJson = "1.5" }],
            ParametersJson = "[]",
        };
        var refused = Assert.Throws<RequestFailedException>(() => Require(content));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("Message 1, line 2, column 12", refused.Message);
        Assert.Contains("Message 2, line 1, column 1: There is no variable other", refused.Message);
        Assert.Contains("'x y' is not a valid name", refused.Message);
        Assert.Contains("The variable n needs a whole number", refused.Message);
        Assert.Contains("parameters must be a JSON object", refused.Message);
    }

    [Fact]
    public void Require_TooLarge_IsRefused()
    {
        var refused = Assert.Throws<RequestFailedException>(() =>
            PromptContentRules.Require(PromptMother.Content(), new PromptsOptions { MaxContentBytes = 50 }));
        Assert.Contains("at most 50 are allowed", refused.Message);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.25e-6, "0.00000125")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(0.1, "0.1")]
    public void Number_IsWrittenAsEcmaScriptDoes(double value, string expected) => Assert.Equal(expected, Rfc8785Json.Number(value));

    [Fact]
    public void CanonicalJson_OfAnyNumber_ReadsBackTheSame() => Check.QuickThrowOnFailure(Prop.ForAll<double>(value =>
        !double.IsFinite(value) || JsonDocument.Parse(Rfc8785Json.Number(value)).RootElement.GetDouble() == value));

    [Fact]
    public void CanonicalJson_OfAnyText_ReadsBackTheSame() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        if (text is null || !IsWellFormed(text)) return true;
        var canonical = Rfc8785Json.Of(JsonSerializer.SerializeToElement(text));
        return JsonDocument.Parse(canonical).RootElement.GetString() == text && Rfc8785Json.Of(canonical) == canonical;
    }));

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(r => r.Value != 0xFFFD);
}
