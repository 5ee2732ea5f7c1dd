using FsCheck;
using FsCheck.Fluent;
using Plumbline.GraphQL.Scalars;

namespace Plumbline.GraphQL.Tests.Scalars;

public sealed class DateTimeTextTests
{
    [Fact]
    public void Write_AnyInstant_ReadsBack() => Check.QuickThrowOnFailure(Prop.ForAll<long>(nanoseconds =>
    {
        var text = new Timestamp(nanoseconds).ToString();
        return DateTimeText.TryRead(text, out var seconds, out var rest) && seconds * 1_000_000_000 + rest == nanoseconds;
    }));

    [Theory]
    [InlineData("2024-02-29T12:00:00Z", 1_709_208_000, 0)]
    [InlineData("2024-02-29t13:30:00.5+01:30", 1_709_208_000, 500_000_000)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1, 999_999_999)]
    public void TryRead_Rfc3339_GivesTheInstant(string text, long seconds, int nanoseconds)
    {
        Assert.True(DateTimeText.TryRead(text, out var s, out var n));
        Assert.Equal((seconds, nanoseconds), (s, n));
    }

    [Theory]
    [InlineData("2023-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00:00")]
    [InlineData("2024-02-29")]
    [InlineData("2024-02-29T24:00:00Z")]
    [InlineData("2024-02-29T12:00:00.Z")]
    [InlineData("2024-02-29T12:00:00.1234567890Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void TryRead_AnythingElse_IsRefused(string text) => Assert.False(DateTimeText.TryRead(text, out _, out _));
}
