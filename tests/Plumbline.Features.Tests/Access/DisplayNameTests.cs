using Plumbline.Contracts;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Features.Tests.Access;

public sealed class DisplayNameTests
{
    [Theory]
    [InlineData(" Ann  Lee ", "Ann Lee")]
    [InlineData("Ann\u00a0Lee", "Ann Lee")]
    [InlineData("Ann\u3000Lee", "Ann Lee")]
    [InlineData("ＡＣＭＥ　Ltd", "ACME Ltd")]
    [InlineData("owner\ufe0f", "owner")]
    [InlineData("\ufe0f owner \ufe0f", "owner")]
    [InlineData("Zoë 🎉", "Zoë 🎉")]
    [InlineData("株式会社", "株式会社")]
    public void Require_OneForm(string written, string kept)
    {
        Assert.Equal(kept, DisplayName.Require(written, "a person"));
        Assert.True(FirstRunSettings.IsName(written));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("owner\u200b")]
    [InlineData("\u2060owner")]
    [InlineData("own\u00ader")]
    [InlineData("\u202eowner")]
    [InlineData("owner\u3164")]
    [InlineData("owner\u2800")]
    [InlineData("owner\U000e0041")]
    [InlineData("ow\u2028ner")]
    [InlineData("ow\nner")]
    [InlineData("ow\u0000ner")]
    [InlineData("owner\ue000")]
    [InlineData("\ufe0f")]
    public void Require_WhatCannotBeSeen_IsRefused(string? written)
    {
        var refused = Assert.Throws<RequestFailedException>(() => DisplayName.Require(written, "a person"));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
        Assert.Contains("none that cannot be seen", refused.Message, StringComparison.Ordinal);
        Assert.False(FirstRunSettings.IsName(written ?? ""));
    }

    [Fact]
    public void Require_HalfACharacter_IsRefused() =>
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => DisplayName.Require("a" + (char)0xD800, "a person")).Code);

    [Fact]
    public void Require_TooLong_IsRefused()
    {
        Assert.Equal(100, DisplayName.Require(new string('a', 100), "a person").Length);
        Assert.Equal(
            FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => DisplayName.Require(new string('a', 101), "a person")).Code);
    }
}
