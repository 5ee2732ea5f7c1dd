using Plumbline.Features.Prompts;
using Plumbline.Features.Prompts.Content;

namespace Plumbline.Features.Tests.Prompts;

/// <summary>Hashes that are on disk: what was the same version stays it.</summary>
public sealed class PromptHashTests
{
    public static TheoryData<string> Known => ["plain", "numbers", "code"];

    [Theory]
    [MemberData(nameof(Known))]
    public void Of_KnownContent_NeverChanges(string content)
    {
        var plain = PromptMother.Content();
        var (known, hash) = content switch
        {
            "plain" => (plain, "fec6c85da70ff0cb1c0bfe7021a820e6caa79ecf7f83b0677c2c605da7a28ca2"),
            "numbers" =>
                (
                    PromptMother.Content(parameters: """{ "b": { "d": [1e21, 1E-7], "c": "\u00fc" }, "a": 1.0 }"""),
                    "e813c882b92bd362d5c597b69cc008bcc62271630d809c2c6cddaa8f49ecf5d6"),
            _ => (plain with
            {
                Code = new("python", "f()", "def f(): pass", """{"left":"1"}"""),
                Tools = [new("search", null, """{"type":"object"}""")],
                ResponseSchemaJson = """{"type":"string"}""",
            }, "49aa1a9f40848bc53b093774c911e1281da440ca31a3fa816b84b259683f50e3"),
        };
        Assert.Equal(hash, PromptHash.Of(PromptContentRules.Require(known, new PromptsOptions())));
    }
}
