namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>Shapes no library sends on purpose: they cost the request nothing.</summary>
public sealed class OddShapeTests
{
    [Theory]
    [InlineData("""{"lc":1,"kwargs":{"content":"hi"},"id":[true]}""")]
    [InlineData("""{"lc":1,"kwargs":{"content":"hi"},"id":["a",{}]}""")]
    [InlineData("""{"lc":1,"kwargs":{"content":"hi"}}""")]
    public void SerialisedMessage_WithoutAClassName_IsTheUsers(string message)
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.input.messages", message));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""", span.InputMessagesJson);
        Assert.Equal("hi", span.Input);
    }

    [Fact]
    public void CharactersBeyondTheBasicPlane_StayAsTheyAre()
    {
        var span = Mapped.Span(
            ("gen_ai.operation.name", "chat"), ("note", "😀"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"\ud83d\ude00 \u00e9"}]}]"""));
        Assert.Equal("😀 é", span.Input);
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"😀 é"}]}]""", span.InputMessagesJson);
        Assert.Contains("\"note\":\"😀\"", span.AttributesJson, StringComparison.Ordinal);
    }
}
