using System.Text;

namespace Plumbline.ObjectStore.Tests;

public sealed class Crc32CTests
{
    /// <summary>RFC 3720, appendix B.4, and the check value by which CRCs are told apart.</summary>
    [Fact]
    public void Compute_MatchesTheVectorsOfTheStandard()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void Compute_InParts_IsThatOfTheWhole()
    {
        var bytes = Encoding.UTF8.GetBytes("What was written stays as it was, byte for byte.");
        for (var at = 0; at <= bytes.Length; at++)
            Assert.Equal(Crc32C.Compute(bytes), Crc32C.Compute(bytes.AsSpan(at), Crc32C.Compute(bytes.AsSpan(0, at))));
    }
}
