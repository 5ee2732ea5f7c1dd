using Microsoft.Extensions.Primitives;
using Plumbline.Host.Web;

namespace Plumbline.Host.Tests.Web;

public sealed class AcceptedEncodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*;q=0, gzip", "gzip")]
    [InlineData("br;q=0.5, identity;q=0.4", "br")]
    [InlineData("gzip, identity", "gzip")]
    [InlineData("identity, br;q=0.5", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*;q=0", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("br;q=nonsense", null)]
    public void Choose_TakesWhatTheClientLikesBest(string? accepted, string? expected) =>
        Assert.Equal(expected, AcceptedEncoding.Choose(accepted, ["br", "gzip"]));

    [Fact]
    public void Choose_SeveralHeaders_CountAsOne() => Assert.Equal("gzip", AcceptedEncoding.Choose(new StringValues(["br;q=0.2", "gzip"]), ["br", "gzip"]));

    [Fact]
    public void Choose_OnlyOneFormLiesReady_TakesIt() => Assert.Equal("gzip", AcceptedEncoding.Choose("br, gzip;q=0.1", ["gzip"]));
}
