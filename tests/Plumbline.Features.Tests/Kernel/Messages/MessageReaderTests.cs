using Plumbline.Features.Kernel.Messages;
using Plumbline.GraphQL;

namespace Plumbline.Features.Tests.Kernel.Messages;

/// <summary>One reader for developers and reviewers: it takes what either took before.</summary>
public sealed class MessageReaderTests
{
    public static TheoryData<string, string> Parts => new()
    {
        { """{"type":"text","content":"a"}""", $"{new TextPart("a")}" },
        { """{"type":"text","text":"a"}""", $"{new TextPart("a")}" },
        { """{"type":"reasoning","text":"a"}""", $"{new ReasoningPart("a")}" },
        { """{"type":"tool_call","id":"1","name":"find","arguments":{"n":1}}""", $"{new ToolCallPart("1", "find", Json("""{"n":1}"""))}" },
        { """{"type":"tool_call","name":null}""", $"{new ToolCallPart(null, "", null)}" },
        { """{"type":"tool_call_response","id":"1","response":[1]}""", $"{new ToolResultPart("1", Json("[1]"))}" },
        { """{"type":"tool_call_response","id":"1","result":[1]}""", $"{new ToolResultPart("1", Json("[1]"))}" },
        { """{"type":"uri","modality":"image","uri":"https://example.com/a"}""", $"{new ImagePart("https://example.com/a", null)}" },
        { """{"type":"uri","mime_type":"image/png","url":"https://example.com/a"}""", $"{new ImagePart("https://example.com/a", "image/png")}" },
        { """{"type":"uri","uri":"https://example.com/a"}""", $"{new ImagePart("https://example.com/a", null)}" },
        { """{"type":"blob","modality":"image","content":"QQ=="}""", $"{new ImagePart("data:image/png;base64,QQ==", null)}" },
        { """{"type":"blob","mime_type":"image/gif","data":"QQ=="}""", $"{new ImagePart("data:image/gif;base64,QQ==", "image/gif")}" },
    };

    [Theory, MemberData(nameof(Parts))]
    public void Read_PartOfAKnownKind_IsThatPart(string part, string expected) => Assert.Equal(expected, $"{Read(part)}");

    [Theory]
    [InlineData("""{"type":"uri","modality":"audio","uri":"https://example.com/a.wav"}""", "uri")]
    [InlineData("""{"type":"blob","mime_type":"application/pdf","content":"JVBERi0="}""", "blob")]
    [InlineData("""{"type":"blob","content":"QQ=="}""", "blob")]
    [InlineData("""{"type":"server_tool_call","id":"1"}""", "server_tool_call")]
    [InlineData("""{"cache":true}""", "json")]
    [InlineData("7", "json")]
    public void Read_PartOfAnotherKind_IsKeptAsItCame(string part, string kind)
    {
        var other = Assert.IsType<OtherPart>(Read(part));
        Assert.Equal((kind, part), (other.Kind, other.Content.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void Read_NothingThatCanBeRead_IsNull(string? json) => Assert.Null(MessageReader.Read(json, "user"));

    [Fact]
    public void Read_MessageWithoutPartsOrRole_HasItsContentAndTheRoleOfItsSide()
    {
        var message = Assert.Single(MessageReader.Read("""[7, {"content":"plain"}]""", "assistant")!);
        Assert.Equal(("assistant", null, "plain"), (message.Role, message.Name, message.Text));
    }

    [Fact]
    public void Text_OfSeveralTextParts_IsALineEach()
    {
        var message = new Message("user", null, [new TextPart("a"), new ImagePart("data:", null), new TextPart("b")]);
        Assert.Equal("a\nb", message.Text);
    }

    private static MessagePart Read(string part) =>
        Assert.Single(Assert.Single(MessageReader.Read($$"""[{"role":"user","parts":[{{part}}]}]""", "user")!).Parts);

    private static RawJson? Json(string text) => RawJson.FromText(text);
}
