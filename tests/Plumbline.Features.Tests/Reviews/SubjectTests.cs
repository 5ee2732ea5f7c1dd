using System.Text.Json;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What a payload would tell of its maker is rewritten; what it says is not.</summary>
public sealed class SubjectTests
{
    private static readonly BlindingRules Hidden = new(true, true, true, true, true);
    private static readonly BlindingRules Open = new(false, false, false, false, true);

    [Theory]
    [InlineData("call_9f2KxQ", "toolu_01A8x", "gpt", "claude")]
    [InlineData("a", "b", null, "assistant-gemini")]
    public void Messages_OfDifferentProviders_LookTheSame(string firstId, string secondId, string? firstName, string? secondName) =>
        Assert.Equal(Shown(Conversation(firstId, firstName), Hidden), Shown(Conversation(secondId, secondName), Hidden));

    [Fact]
    public void ToolResults_AreStillFoundByTheirCalls()
    {
        var messages = MessageParsing.Messages(Conversation("call_9f2KxQ", null), null, "user", new PayloadBlinding(Hidden));
        var call = messages.SelectMany(m => m.Parts).OfType<SubjectToolCall>().Single();
        var result = messages.SelectMany(m => m.Parts).OfType<SubjectToolResult>().Single();
        Assert.Equal("call-1", call.Id);
        Assert.Equal(call.Id, result.Id);
        Assert.Equal("""{"order":7}""", call.Arguments.ToString());
    }

    [Fact]
    public void Messages_NothingHidden_AreAsTheyCame()
    {
        var messages = MessageParsing.Messages(Conversation("call_9f2KxQ", "gpt"), null, "user", new PayloadBlinding(Open));
        Assert.Equal("gpt", messages[1].Name);
        Assert.Equal("call_9f2KxQ", messages[1].Parts.OfType<SubjectToolCall>().Single().Id);
        Assert.Contains("server_tool_call", messages[1].Parts.OfType<SubjectOther>().Single().Content.ToString());
    }

    [Fact]
    public void PartsThatOneProviderKnows_KeepNeitherKindNorContent()
    {
        var other = MessageParsing.Messages(Conversation("x", null), null, "user", new PayloadBlinding(Hidden))[1].Parts.OfType<SubjectOther>().Single();
        Assert.Equal(("other", null), (other.Kind, other.Content));
    }

    [Fact]
    public void Documents_LoseWhatTellsOfTheRetriever()
    {
        const string json = """[{"id":"vec-77","score":0.83,"content":"Refunds take 5 days.","metadata":{"title":"FAQ","embedding_model":"ada-002","latencyMs":12,"nested":{"model":"x"}}}]""";
        var hidden = Assert.Single(MessageParsing.Documents(json, new PayloadBlinding(Hidden)));
        Assert.Equal((null, null, "Refunds take 5 days.", """{"title":"FAQ"}"""), (hidden.Id, hidden.Score, hidden.Content, hidden.Metadata.ToString()));
        var open = Assert.Single(MessageParsing.Documents(json, new PayloadBlinding(Open)));
        Assert.Equal(("vec-77", 0.83), (open.Id, open.Score));
    }

    [Theory]
    [InlineData("not json", "text", "text")]
    [InlineData("[]", "text", "text")]
    [InlineData(null, "text", "text")]
    [InlineData("""[{"role":"user","content":"plain"}]""", "unused", "plain")]
    public void Messages_Missing_FallBackToText(string? json, string text, string expected) =>
        Assert.Equal(expected, Assert.Single(MessageParsing.Messages(json, text, "user", new PayloadBlinding(Hidden))).Text);

    private static string Shown(string json, BlindingRules rules) =>
        JsonSerializer.Serialize(MessageParsing.Messages(json, null, "user", new PayloadBlinding(rules)).Select(m => new { m.Role, m.Name, m.Text, Parts = m.Parts.Select(p => p.ToString()) }));

    private static string Conversation(string callId, string? name) => $$$"""
        [{"role":"user","parts":[{"type":"text","content":"Where is order 7?"}]},
         {"role":"assistant","name":{{{JsonSerializer.Serialize(name)}}},"finish_reason":"{{{(callId[0] == 'c' ? "tool_calls" : "tool_use")}}}","parts":[
           {"type":"reasoning","content":"Look it up."},
           {"type":"server_tool_call","id":"{{{callId}}}s"},
           {"type":"tool_call","id":"{{{callId}}}","name":"find","arguments":{"order":7}}]},
         {"role":"tool","parts":[{"type":"tool_call_response","id":"{{{callId}}}","response":{"state":"sent"}}]}]
        """;
}
