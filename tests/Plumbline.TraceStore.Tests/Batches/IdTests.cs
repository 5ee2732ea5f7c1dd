namespace Plumbline.TraceStore.Tests.Batches;

public sealed class IdTests
{
    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00000000000000000000000000000001")]
    public void TraceId_TextAndBytes_RoundTrip(string text)
    {
        var id = TraceId.Parse(text);
        var bytes = new byte[TraceId.Size];
        id.Write(bytes);
        Assert.Equal(text, id.ToString());
        Assert.Equal(text, Convert.ToHexStringLower(bytes));
        Assert.Equal(id, TraceId.Read(bytes));
        Assert.Equal(id, TraceId.Parse(text.ToUpperInvariant()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0af7651916cd43dd8448eb211c80319")]
    [InlineData("0af7651916cd43dd8448eb211c80319g")]
    [InlineData(" af7651916cd43dd8448eb211c80319c")]
    public void TraceId_OtherText_IsRefused(string? text) => Assert.False(TraceId.TryParse(text, out _));

    [Fact]
    public void SpanId_TextAndBytes_RoundTrip()
    {
        var id = SpanId.Parse("00f067aa0ba902b7");
        var bytes = new byte[SpanId.Size];
        id.Write(bytes);
        Assert.Equal("00f067aa0ba902b7", Convert.ToHexStringLower(bytes));
        Assert.Equal(id, SpanId.Read(bytes));
        Assert.Equal("00f067aa0ba902b7", id.ToString());
        Assert.False(SpanId.TryParse("00f067aa0ba902bz", out _));
    }
}
