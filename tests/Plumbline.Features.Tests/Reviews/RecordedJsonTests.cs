using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Of what libraries record, a reviewer is shown the words, and nothing that stands beside them.</summary>
public sealed class RecordedJsonTests
{
    private static readonly BlindingRules Hidden = new(true, false, false, false, true);
    private static readonly string[] Words = ["content", "text", "output", "answer", "inputs", "question", "kwargs", "response", "messages", "generations"];
    private static readonly string[] Others =
        ["llm", "model_name", "usage", "generated_by", "elapsed_ms", "usd", "prompt", "id", "name", "type", "role", "llm_output", "response_metadata", "x"];

    [Theory]
    [InlineData(
        """{"generations":[[{"text":"Canberra.","generation_info":{"finish_reason":"stop"}"""
            + ""","message":{"lc":1,"type":"constructor","id":["langchain_core","messages","AIMessage"]"""
            + ""","kwargs":{"content":"Canberra.","id":"chatcmpl-1","response_metadata":{"model_name":"gpt-4o"}}}}]]"""
            + ""","llm_output":{"model_name":"gpt-4o","token_usage":{"total":71}}}""",
        "assistant: Canberra.")]
    [InlineData("""{"generations":[[{"text":"Canberra.","generation_info":{"model":"gpt-4o"}}]],"run":null}""", "assistant: Canberra.")]
    [InlineData("""{"inputs":{"question":"Why?"},"tags":[],"metadata":{"ls_model_name":"gpt-4o","user_id":"alice"}"""
            + ""","kwargs":{"name":"Chain"}}""", "assistant: Why?")]
    [InlineData("""{"args":[],"kwargs":{"question":"Why?","model":"gpt-4o"}}""", "assistant: Why?")]
    [InlineData("""{"outputs":"{\"answer\":\"So.\",\"model\":\"gpt-4o\"}","kwargs":{"tags":["gpt-4o"]}}""", "assistant: So.")]
    [InlineData("""{"messages":[["user","Weather?"],{"type":"human","content":"In Bern?","id":"1"}"""
            + """,{"type":"ai","content":"","tool_calls":[{"name":"weather","args":{"city":"Bern"},"id":"call_9f","type":"tool_call"}]"""
            + ""","response_metadata":{"model":"gpt-4o"}},{"type":"tool","content":"18 C","tool_call_id":"call_9f","name":"weather"}"""
            + """,{"type":"ai","content":"It is 18 C.","usage_metadata":{"total":9}}]}""",
        """user: Weather?|In Bern? assistant: weather({"city":"Bern"}) as call-1 tool: 18 C assistant: It is 18 C.""")]
    [InlineData("""{"id":"chatcmpl-1","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."}"""
            + ""","finish_reason":"stop"}],"usage":{"total_tokens":3}}""", "assistant: Hi.")]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi."}]},"finishReason":"STOP"}]"""
            + ""","modelVersion":"gemini-2"}""", "assistant: Hi.")]
    [InlineData("""{"model":"claude-4","role":"assistant","content":[{"type":"text","text":"Hi."}"""
            + """,{"type":"tool_use","id":"toolu_1","name":"find","input":{"q":1}}]}""",
        """assistant: Hi. assistant: find({"q":1}) as call-1""")]
    [InlineData("""content='It\'s\nraining.' additional_kwargs={} response_metadata={'model_name': 'gpt-4o'} id='run-1'""", "assistant: It's\nraining.")]
    [InlineData("""{'messages': [HumanMessage(content='Why?', additional_kwargs={}"""
            + """, id='1'), AIMessage(content="So.", response_metadata={'model_name': 'gpt-4o'})]}""",
        "user: Why? assistant: So.")]
    [InlineData("""{"sentiment":"positive","model":"gpt-4o"}""", "assistant: other")]
    [InlineData("""{"input":33,"output":38,"total":71}""", "assistant: other")]
    [InlineData("""{"answer":"cut o""", "assistant: other")]
    [InlineData("""[1,{"model":"gpt-4o"}]""", "assistant: other")]
    [InlineData("\uFEFF{\"model\":\"gpt-4o\"}", "assistant: other")]
    [InlineData("\"{\\\"model\\\":\\\"gpt-4o\\\"}\"", "assistant: other")]
    [InlineData("[1] says it is {so}.", "assistant: [1] says it is {so}.")]
    public void Record_IsShownAsTheMessagesInIt(string record, string expected)
    {
        Assert.Equal(expected, Printed(new PayloadBlinding(Hidden).Show(MessageReader.ReadOrText(null, record, "assistant"))));
        var asMessage = JsonSerializer.Serialize(new[] { new { role = "assistant", parts = new[] { new { type = "text", content = record } } } });
        Assert.Equal(expected, Printed(new PayloadBlinding(Hidden).Show(MessageReader.ReadOrText(asMessage, null, "assistant"))));
    }

    [Fact]
    public void RandomRecords_GiveOutWhatStandsUnderNamesForWords_AndNothingElse()
    {
        var random = new Random();
        for (var round = 0; round < 4000; round++)
        {
            var tree = Tree(random, 4, isShown: true, out var words);
            var json = tree.ToJsonString();
            foreach (var shown in Shown(json)) Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
            var plain = Shown(json).First();
            Assert.All(words, word => Assert.Contains(word, plain, StringComparison.Ordinal));
            foreach (var broken in new[] { json[..random.Next(2, json.Length + 1)], json.Replace('"', '\''), json + "\n" + json, $"\n {json[..^1]},NaN]" })
                foreach (var shown in Shown(broken)) Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("llm", "gpt-x")]
    [InlineData("generated_by", "claude-3")]
    [InlineData("elapsed_ms", 12)]
    [InlineData("usd", 0.1)]
    [InlineData("prompt", "alpha@3")]
    [InlineData("customer_email", "a@b.test")]
    [InlineData("trace_id", "4bf9")]
    [InlineData("index", "openai-ada-002")]
    [InlineData("Title", "gpt-x")]
    public void Metadata_OutsideTheList_IsNotShown(string name, object value)
    {
        var metadata = new JsonObject { [name] = JsonSerializer.SerializeToNode(value), ["title"] = "FAQ", ["page"] = 3, ["source"] = "{\"model\":\"gpt-x\"}" };
        var json = new JsonArray(new JsonObject { ["content"] = "Text.", ["metadata"] = metadata }).ToJsonString();
        var shown = Assert.Single(new PayloadBlinding(Hidden).Show(RetrievedDocument.Read(json)));
        Assert.Equal(("Text.", """{"page":3,"title":"FAQ"}"""), (shown.Content, shown.Metadata.ToString()));
    }

    // Wherever a payload takes a text from: the span's own text, a message's, a result's, a document's, and what stands in the place of a role or a name.
    private static IEnumerable<string> Shown(string json)
    {
        yield return Printed(new PayloadBlinding(Hidden).Show(MessageReader.ReadOrText(null, json, "assistant")));
        var text = JsonValue.Create(json).ToJsonString();
        foreach (var part in new[]
        {
            $$"""{"type":"text","content":{{text}}}""", $$"""{"type":"reasoning","content":{{text}}}""", $$"""{"type":{{text}},"content":{{text}}}""",
            $$"""{"type":"uri","modality":"image","uri":{{text}}}""", $$"""{"type":"tool_call","name":{{text}}}""",
            $$"""{"type":"tool_call_response","response":{{text}}}""",
        })
        {
            var messages = $$"""[{"role":{{text}},"name":{{text}},"parts":[{{part}},{{part}}]}]""";
            yield return Printed(new PayloadBlinding(Hidden).Show(MessageReader.ReadOrText(messages, null, "assistant")));
        }
        var documents = $$"""[{"id":{{text}},"content":{{text}},"metadata":{"title":{{text}},"x":"canary"} }]""";
        foreach (var document in new PayloadBlinding(Hidden).Show(RetrievedDocument.Read(documents))) yield return $"{document.Content} {document.Metadata}";
    }

    private static JsonNode Tree(Random random, int depth, bool isShown, out List<string> words)
    {
        words = [];
        var tree = new JsonObject();
        for (var members = random.Next(1, 5); members > 0; members--)
        {
            var isWord = random.Next(2) == 0;
            var name = isWord ? Words[random.Next(Words.Length)] : Others[random.Next(Others.Length)];
            if (tree.ContainsKey(name)) continue;
            tree[name] = Value(random, depth - 1, isShown && isWord, words);
        }
        return tree;
    }

    private static JsonNode Value(Random random, int depth, bool isShown, List<string> words)
    {
        if (depth == 0 || random.Next(3) == 0) return random.Next(5) == 0 ? random.Next(100) : Leaf(random, isShown, words);
        if (random.Next(3) == 0) return new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(random, depth - 1, isShown, words))]);
        var inner = Tree(random, depth, isShown, out var found);
        words.AddRange(found);
        return random.Next(4) == 0 ? inner.ToJsonString() : inner;
    }

    private static string Leaf(Random random, bool isShown, List<string> words)
    {
        if (!isShown) return $"canary-{random.Next(1000)}";
        words.Add($"word-{random.Next(1_000_000)}.");
        return words[^1];
    }

    private static string Printed(IEnumerable<Message> messages) =>
        string.Join(' ', messages.Select(m => $"{m.Role}{m.Name}: {string.Join('|', m.Parts.Select(Printed))}"));

    private static string Printed(MessagePart part) => part switch
    {
        TextPart text => text.Text,
        ReasoningPart thought => thought.Text,
        ImagePart image => $"{image.Url} {image.MimeType}",
        ToolCallPart call => $"{call.Name}({call.Arguments}) as {call.Id}",
        ToolResultPart result => $"{result.Result} for {result.Id}",
        OtherPart other => $"{other.Kind}{other.Content}",
        _ => throw new InvalidOperationException($"{part}"),
    };
}
