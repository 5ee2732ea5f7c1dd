using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>A record tells a reviewer no more when other text stands around it, and text that only looks like one is left as it is.</summary>
public sealed class EmbeddedRecordTests
{
    private static readonly BlindingRules Hidden = new(true, true, true, true, true);

    [Theory]
    [InlineData("Result: {\"model\":\"gpt-4o\",\"answer\":\"So.\"}", "Result: So.")]
    [InlineData("Result: {\"model\":\"gpt-4o\"} and more", "Result:  and more")]
    [InlineData("```json\n{\"model\":\"gpt-4o\",\"answer\":\"So.\"}\n```", "So.")]
    [InlineData("Here:\n```json\n{\"model\":\"gpt-4o\",\"answer\":\"So.\"}\n```\nDone.", "Here:\n```json\nSo.\n```\nDone.")]
    [InlineData("\u200B\0{\"model\":\"gpt-4o\"}", null)]
    [InlineData("{\u200B\"model\":\"gpt-4o\"}", null)]
    [InlineData("{/* c */\"model\":\"gpt-4o\"}", null)]
    [InlineData("// c\n{\"model\":\"gpt-4o\",\"answer\":\"So.\"}", "So.")]
    [InlineData("OK str {\"model\":\"gpt-4o\"}", "OK str ")]
    [InlineData("OK str {'model': 'gpt-4o', 'ok': True}", "OK str ")]
    [InlineData("Got [{\"model\":\"gpt-4o\"},{\"answer\":\"So.\"}].", "Got So..")]
    [InlineData("Body: \"{\\\"model\\\": \\\"gpt-4o\\\"}\"", "Body: \"\"")]
    [InlineData("Cut off {\"answer\":\"So.\",\"model\":\"gpt-4o", "Cut off ")]
    [InlineData("{\"answer\":\"So.\",\"model\":\"gpt-4o\"} is what came.", "So. is what came.")]
    [InlineData("Sent {&quot;model&quot;:&quot;gpt-4o&quot;}", "Sent ")]
    [InlineData("Sent %7B%22model%22%3A%22gpt-4o%22%7D today", "Sent  today")]
    [InlineData("ChatCompletion(id='x', choices=[Choice(message=Message(content='So.'))], model='gpt-4o')", "So.")]
    [InlineData("Answered: ChatResponse[model=gpt-4o, usage=Usage[tokens=3]]", "Answered: ")]
    [InlineData("Answered { Model = gpt-4o, Tokens = 3 }", null)]
    [InlineData("See https://a.example/?q=1&model=gpt-4o&x=2", "See https://a.example/?q=1&x=2")]
    [InlineData("level=info model=gpt-4o words=\"So it is\"", "level=info words=\"So it is\"")]
    [InlineData("<answer>So.</answer><usage><total>gpt-4o</total></usage>", "<answer>So.</answer>")]
    [InlineData("<run model=\"gpt-4o\">So.</run>", "<run>So.</run>")]
    [InlineData("answer: So.\nmodel: gpt-4o\nusage:\n  total: 7\n  by: gpt-4o\nnote: Yes", "answer: So.\nnote: Yes")]
    // What only looks like it.
    [InlineData("int main() { return x[\"a\"]; } /* {so} */", "int main() { return x[\"a\"]; } /* {so} */")]
    [InlineData("\\textbf{\\\"o} and {{name}}, {% if a %}, ${x}", "\\textbf{\\\"o} and {{name}}, {% if a %}, ${x}")]
    [InlineData("I don't {know}: it's [1] and [2], f(x=3).", "I don't {know}: it's [1] and [2], f(x=3).")]
    [InlineData("Model: iPhone 12\nVersion: 17", "Model: iPhone 12\nVersion: 17")]
    [InlineData("a { color: red; margin: 0 }", "a { color: red; margin: 0 }")]
    [InlineData("Use <model> or <b>bold</b> and x = y.", "Use <model> or <b>bold</b> and x = y.")]
    public void TextThatAProgramRecorded_IsShownWithoutItsRecords(string text, string? expected)
    {
        Assert.Equal(expected, Text(Shown(text, isOwn: false)));
        Assert.Equal(expected, Document(text));
    }

    [Theory]
    [InlineData("Here you are:\n```json\n{\"sentiment\":\"positive\",\"model\":\"gpt-4o\"}\n```\nDone.",
        "Here you are:\n```json\nsentiment: positive\n```\nDone.")]
    [InlineData("```json\n{\"sentiment\":\"positive\",\"model\":\"gpt-4o\"}\n```", "sentiment: positive")]
    [InlineData("It is {\"sentiment\":\"positive\",\"usage\":{\"total\":3}}", "It is \nsentiment: positive")]
    [InlineData("\u200B{\"sentiment\":\"positive\",\"model\":\"gpt-4o\"}", "sentiment: positive")]
    [InlineData("OK {'sentiment': 'positive', 'model': 'gpt-4o'}", "OK {'sentiment': 'positive'}")]
    [InlineData("OK {'model': 'gpt-4o', 'sentiment': 'positive'} so", "OK {'sentiment': 'positive'} so")]
    [InlineData("Cut {\"a\": 1, \"model\": \"gpt-4o", "Cut {\"a\": 1")]
    [InlineData("It is Reply(text='So.', model='gpt-4o')", "It is Reply(text='So.')")]
    [InlineData("From {\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi.\"}}],\"vendor_note\":\"gpt-4o\"}", "From \nHi.")]
    // Code that is the answer.
    [InlineData("```python\nusers = [{'id': 1, 'name': 'Ann'}]\nprint(users[0]['id'])\n```",
        "```python\nusers = [{'id': 1, 'name': 'Ann'}]\nprint(users[0]['id'])\n```")]
    [InlineData("```c\nint a[] = { 1, 2 };\n```\nand <div id=\"x\">", "```c\nint a[] = { 1, 2 };\n```\nand <div id=\"x\">")]
    [InlineData("interface A { id: string; model: Model }", "interface A { id: string; model: Model }")]
    [InlineData("\\\"{o} {{name}} {\"", "\\\"{o} {{name}} {\"")]
    [InlineData("version: 3\nscore: 4", "version: 3\nscore: 4")]
    public void AnswerOfAModel_IsShownInLines_AndItsCodeAsItIs(string text, string expected) => Assert.Equal(expected, Text(Shown(text, isOwn: true)));

    [Fact]
    public void RandomSurroundings_OfARecord_TellNoMoreThanItDoes()
    {
        var names = Gen.Elements("model", "model_name", "modelVersion", "usage", "total_tokens", "cost", "trace_id", "provider", "prompt_version", "latencyMs");
        var plain = Gen.Elements("sentiment", "note", "x", "customer", "details");
        var member = Gen.Frequency((2, names.Select(n => (Name: n, Value: "canary"))), (1, plain.Select(n => (Name: n, Value: "word"))));
        var record = member.NonEmptyListOf().Where(m => m.Exists(x => x.Value == "canary"));
        var writer = Gen.Elements<Func<(string Name, string Value), string>>(
            m => $"\"{m.Name}\": \"{m.Value}\"", m => $"'{m.Name}': '{m.Value}'", m => $"\"{m.Name}\":{{\"a\":[\"{m.Value}\"]}}",
            m => $"\\\"{m.Name}\\\":\\\"{m.Value}\\\"", m => $"'{m.Name}': [\"{m.Value}, it's {{so\"]");
        var around = Gen.Elements(
            "", "Result: ", "```json\n", "\n```", "\u200B", "\0", "OK str ", "don't { ", "}] ", "{{name}} ", "[1] ", "\\\"{o} ", "int f() { ", "/* c */ ",
            "// c\n", "<b>", "a: b\n", "x={", " \"quoted\" ", "\r\n- ", "(", "`", "{ \"", "{'", "[\"");
        // Quotes that nothing closes would make a record of what is none; then what follows is hidden, which may be all.
        var texts =
            from before in around.ListOf()
            from members in record
            from write in writer
            from list in Gen.Elements(false, true)
            from after in around.ListOf()
            let json = $"{{{string.Join(", ", members.Select(write))}}}"
            select string.Concat(before) + (list ? $"[{json}]" : json) + string.Concat(after);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            foreach (var shown in Everywhere(text)) Assert.False(shown.Contains("canary", StringComparison.Ordinal), $"{text}\nis shown as\n{shown}");
        }));
    }

    [Fact]
    public void TextWithoutRecords_IsLeftAsItIs()
    {
        var words = Gen.Elements(
            "don't", "{", "}", "[", "]", "(x)", "\n", " ", "{{name}}", "f(a, b)", "x == y", "\"so\"", "it's", "\\\"{o}", "#include <a.h>", "a->b", "1.5", "λ");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(words.NonEmptyListOf().ToArbitrary(), some =>
        {
            var text = "So " + string.Join(' ', some);
            Assert.Equal(text, Text(Shown(text, isOwn: true)));
            Assert.Equal(text, Text(Shown(text, isOwn: false)));
        }));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"")]
    [InlineData("{'a")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":")]
    [InlineData("{/*")]
    [InlineData("{ //")]
    [InlineData("{\\\"a\\\":")]
    [InlineData("A(b=")]
    [InlineData("A")]
    [InlineData("<model>")]
    [InlineData("</model><model>")]
    [InlineData("```\n")]
    [InlineData("```json\n{\"a\":1}\n")]
    [InlineData("model=")]
    [InlineData("a: b\n")]
    [InlineData("[")]
    [InlineData("{\\")]
    [InlineData("&quot;{")]
    [InlineData("{\"a\":1}")]
    [InlineData("{{\"a\":\"{'b':'")]
    [InlineData("%7B")]
    public void AMegabyteOfBeginnings_TakesNoTime(string beginning)
    {
        var text = "x " + string.Concat(Enumerable.Repeat(beginning, 1_000_000 / beginning.Length));
        var watch = Stopwatch.StartNew();
        Shown(text, isOwn: true);
        Shown(text, isOwn: false);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString("c", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("""{"type":"uri","modality":"image","uri":"https://a.example/gpt-4o.png?model=gpt-4o"}""", "image", null, null)]
    [InlineData("""{"type":"uri","modality":"image","uri":"data:image/png;base64,iVBORw0KGgo="}""", "image", "data:image/png;base64,iVBORw0KGgo=", "image/png")]
    [InlineData("""{"type":"blob","mime_type":"image/jpeg","content":"iVBORw0KGgo="}""", "image", "data:image/jpeg;base64,iVBORw0KGgo=", "image/jpeg")]
    [InlineData("""{"type":"blob","mime_type":"image/vnd.gpt-4o","content":"iVBORw0KGgo="}""", "image", null, null)]
    [InlineData("""{"type":"blob","mime_type":"image/png","content":"not base64: gpt-4o"}""", "image", null, null)]
    [InlineData("""{"type":"uri","uri":"data:application/gpt-4o;base64,iVBORw0KGgo="}""", "image", null, null)]
    [InlineData("""{"type":"uri","uri":"data:image/png;model=gpt-4o;base64,iVBORw0KGgo="}""", "image", null, null)]
    public void Pictures_AreShownWhenTheyCameAlong_AndNeverByAddress(string part, string _, string? url, string? mimeType)
    {
        var shown = Assert.IsType<ImagePart>(Assert.Single(Assert.Single(Shown($$"""[{"role":"user","parts":[{{part}}]}]""")).Parts));
        Assert.Equal((url, mimeType), (shown.Url, shown.MimeType));
    }

    [Theory]
    [InlineData("lookup_order", "lookup_order")]
    [InlineData("lookup_order, get_weather", "lookup_order, get_weather")]
    [InlineData("find {\"model\":\"gpt-4o\"}", "")]
    [InlineData("find?model=gpt-4o", "")]
    public void NamesOfTools_AreNames(string name, string expected)
    {
        var json = JsonSerializer.Serialize(new[] { new { role = "assistant", parts = new[] { new { type = "tool_call", name } } } });
        Assert.Equal(expected, Assert.IsType<ToolCallPart>(Assert.Single(Assert.Single(Shown(json)).Parts)).Name);
    }

    [Fact]
    public void MetadataOfDocuments_IsShownWithoutRecords()
    {
        var metadata = new { title = "FAQ {\"model\":\"gpt-4o\"}", source = "See model=gpt-4o", url = "https://a.example/faq", page = 3 };
        var json = JsonSerializer.Serialize(new[] { new { content = "Text.", metadata } });
        var shown = Assert.Single(new PayloadBlinding(Hidden).Show(RetrievedDocument.Read(json)));
        Assert.Equal("""{"page":3,"url":"https://a.example/faq"}""", shown.Metadata.ToString());
    }

    [Fact]
    public void WhereNothingIsHidden_TextIsAsItCame()
    {
        const string text = "Result: {\"model\":\"gpt-4o\"}";
        var shown = new PayloadBlinding(new(false, false, false, false, true)).Show(new SpanWords(MessageReader.ReadOrText(null, text, "assistant"), true));
        Assert.Equal(text, Assert.Single(shown).Text);
    }

    // Wherever a payload takes a text from.
    private static IEnumerable<string> Everywhere(string text)
    {
        yield return Text(Shown(text, isOwn: true)) ?? "";
        yield return Text(Shown(text, isOwn: false)) ?? "";
        yield return Document(text) ?? "";
        var quoted = JsonSerializer.Serialize(text);
        string[] parts =
        [
            Part(new { type = "text", content = Part(new { answer = text }) }), Part(new { type = "reasoning", content = text }),
            Part(new { type = "uri", modality = "image", uri = text }), Part(new { type = "uri", modality = "audio", mime_type = text, uri = text }),
            Part(new { type = "tool_call", name = text }), Part(new { type = "tool_call_response", response = text }),
            Part(new { type = "tool_call_response", response = new { content = text } }),
        ];
        foreach (var isOwn in new[] { true, false })
        {
            var messages = MessageReader.Read($"[{{\"parts\":[{string.Join(',', parts)}]}}]", "assistant")!;
            foreach (var message in new PayloadBlinding(Hidden).Show(new SpanWords(messages, isOwn)))
                foreach (var shown in message.Parts) yield return shown.ToString();
        }
    }

    private static string Part<T>(T part) => JsonSerializer.Serialize(part);

    private static string? Document(string text) =>
        Assert.Single(new PayloadBlinding(Hidden).Show([new RetrievedDocument(null, null, text, null)])).Content;

    private static IReadOnlyList<Message> Shown(string messages) => new PayloadBlinding(Hidden).Show(MessageReader.Read(messages, "user")!);

    private static IReadOnlyList<Message> Shown(string text, bool isOwn) =>
        new PayloadBlinding(Hidden).Show(new SpanWords([new Message("assistant", null, [new TextPart(text)])], isOwn));

    private static string? Text(IReadOnlyList<Message> messages)
    {
        var parts = messages.SelectMany(m => m.Parts).ToList();
        return parts is [OtherPart { Content: null }] ? null : string.Join('\n', parts.Cast<TextPart>().Select(p => p.Text));
    }
}
