using System.Text.Json;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Subject;
using Plumbline.GraphQL;

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
        var messages = Seen(Conversation("call_9f2KxQ", null), Hidden);
        var call = messages.SelectMany(m => m.Parts).OfType<ToolCallPart>().Single();
        var result = messages.SelectMany(m => m.Parts).OfType<ToolResultPart>().Single();
        Assert.Equal("call-1", call.Id);
        Assert.Equal(call.Id, result.Id);
        Assert.Equal("""{"order":7}""", call.Arguments.ToString());
    }

    [Fact]
    public void Messages_NothingHidden_AreAsTheyCame()
    {
        var messages = Seen(Conversation("call_9f2KxQ", "gpt"), Open);
        Assert.Equal("gpt", messages[1].Name);
        Assert.Equal("call_9f2KxQ", messages[1].Parts.OfType<ToolCallPart>().Single().Id);
        Assert.Contains("server_tool_call", messages[1].Parts.OfType<OtherPart>().Single().Content.ToString());
    }

    [Fact]
    public void PartsThatOneProviderKnows_KeepNeitherKindNorContent()
    {
        var other = Seen(Conversation("x", null), Hidden)[1].Parts.OfType<OtherPart>().Single();
        Assert.Equal(("other", null), (other.Kind, other.Content));
    }

    [Fact]
    public void Documents_LoseWhatTellsOfTheRetriever()
    {
        const string json =
            """[{"id":"vec-77","score":0.83,"content":"Refunds take 5 """
                + """days.","metadata":{"title":"FAQ","embedding_model":"ada-002","latencyMs":12,"nested":{"model":"x"}}}]""";
        var hidden = Assert.Single(new PayloadBlinding(Hidden).Show(RetrievedDocument.Read(json)));
        Assert.Equal((null, null, "Refunds take 5 days.", """{"title":"FAQ"}"""), (hidden.Id, hidden.Score, hidden.Content, hidden.Metadata.ToString()));
        var open = Assert.Single(new PayloadBlinding(Open).Show(RetrievedDocument.Read(json)));
        Assert.Equal(("vec-77", 0.83), (open.Id, open.Score));
    }

    [Theory]
    [InlineData("not json", "text", "text")]
    [InlineData("[]", "text", "text")]
    [InlineData(null, "text", "text")]
    [InlineData("""[{"role":"user","content":"plain"}]""", "unused", "plain")]
    public void Messages_Missing_FallBackToText(string? json, string text, string expected) =>
        Assert.Equal(expected, Assert.Single(new PayloadBlinding(Hidden).Show(MessageReader.ReadOrText(json, text, "user"))).Text);

    /// <summary>A part that somebody adds to the family and forgets here.</summary>
    private sealed record NewPart(string Model) : MessagePart;

    [Fact]
    public void PartsOfAnUnknownType_AreWithheld()
    {
        var shown = Assert.Single(new PayloadBlinding(Hidden).Show([new Message("assistant", "claude", [new NewPart("claude-4")])]));
        Assert.Equal((null, new OtherPart("other", null)), (shown.Name, Assert.Single(shown.Parts)));
    }

    [Theory]
    [InlineData("""{"type":"uri","modality":"audio","mime_type":"audio/wav","uri":"https://example.com/a.wav","file_id":"file-9f2KxQ"}""",
        "uri", """{"mime_type":"audio/wav","modality":"audio"}""")]
    [InlineData("""{"type":"blob","modality":"document","mime_type":"application/pdf","content":"JVBERi0=","vendor":{"model":"gpt-4o"}}""",
        "blob", """{"content":"JVBERi0=","mime_type":"application/pdf","modality":"document"}""")]
    [InlineData("""{"type":"blob","mime_type":"application/pdf","content":{"model":"gpt-4o"}}""", "blob", """{"mime_type":"application/pdf"}""")]
    [InlineData("""{"type":"file","file_id":"file-9f2KxQ"}""", "other", "null")]
    public void Files_AreShownByTheStandardsMembersAlone(string part, string kind, string content)
    {
        var json = $$"""[{"role":"user","parts":[{{part}}]}]""";
        var hidden = Assert.IsType<OtherPart>(Assert.Single(Assert.Single(Seen(json, Hidden)).Parts));
        Assert.Equal((kind, content), (hidden.Kind, (hidden.Content ?? new RawJson()).ToString()));
        var open = Assert.IsType<OtherPart>(Assert.Single(Assert.Single(Seen(json, Open)).Parts));
        Assert.Equal(part, open.Content.ToString());
    }

    [Fact]
    public void Messages_NothingHidden_AreThoseOfTheTrace()
    {
        var json = Conversation("call_9f2KxQ", "gpt");
        Assert.Equal(Printed(MessageReader.Read(json, "user")!), Printed(Seen(json, Open)));
    }

    private static IReadOnlyList<Message> Seen(string json, BlindingRules rules) =>
        new PayloadBlinding(rules).Show(MessageReader.ReadOrText(json, null, "user"));

    private static string Printed(IEnumerable<Message> messages) =>
        string.Join('\n', messages.Select(m => $"{m.Role} {m.Name} {m.Text} {string.Join(' ', m.Parts)}"));

    private static string Shown(string json, BlindingRules rules) =>
        JsonSerializer.Serialize(Seen(json, rules).Select(m => new { m.Role, m.Name, m.Text, Parts = m.Parts.Select(p => p.ToString()) }));

    private static string Conversation(string callId, string? name) => $$$"""
        [{"role":"user","parts":[{"type":"text","content":"Where is order 7?"}]},
         {"role":"assistant","name":{{{JsonSerializer.Serialize(name)}}},"finish_reason":"{{{(callId[0] == 'c' ? "tool_calls" : "tool_use")}}}","parts":[
           {"type":"reasoning","content":"Look it up."},
           {"type":"server_tool_call","id":"{{{callId}}}s"},
           {"type":"tool_call","id":"{{{callId}}}","name":"find","arguments":{"order":7}}]},
         {"role":"tool","parts":[{"type":"tool_call_response","id":"{{{callId}}}","response":{"state":"sent"}}]}]
        """;
}
