using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.SignIn;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

public sealed class EmailAddressTests(ProductFixture shared) : IClassFixture<ProductFixture>
{
    private const string Password = "correct horse";

    [Theory]
    [InlineData(" Ann@Example.COM ", "ann@example.com")]
    [InlineData("ann+a.b_c@example.com", "ann+a.b_c@example.com")]
    [InlineData("ann@localhost", "ann@localhost")]
    [InlineData("ann@müller.example", "ann@xn--mller-kva.example")]
    [InlineData("ann@MÜLLER.example", "ann@xn--mller-kva.example")]
    [InlineData("ann@xn--mller-kva.example", "ann@xn--mller-kva.example")]
    [InlineData("ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ann@example.com")]
    [InlineData("ann@example。com", "ann@example.com")]
    public void TryNormalize_OneForm(string written, string kept) => Assert.Equal(kept, EmailAddress.TryNormalize(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@@example.com")]
    [InlineData("ann@b@example.com")]
    [InlineData("an n@example.com")]
    [InlineData("ann@exam ple.com")]
    [InlineData("owner@example.test\u200b")]
    [InlineData("ow\u200dner@example.test")]
    [InlineData("owner\u00ad@example.test")]
    [InlineData("owner@exam\u202eple.test")]
    [InlineData("owner\u3164@example.test")]
    [InlineData("owner\u0007@example.test")]
    [InlineData("\u043ewner@example.test")]
    [InlineData("ownér@example.test")]
    [InlineData("owner@example.test.")]
    [InlineData("owner@example..test")]
    [InlineData("owner@-example.test")]
    [InlineData("<ann>@example.com")]
    public void TryNormalize_NoAddress_OrOneThatLooksLikeAnother_IsRefused(string? written)
    {
        Assert.Null(EmailAddress.TryNormalize(written));
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => EmailAddress.Require(written)).Code);
    }

    [Fact]
    public void TryNormalize_ADomainThatLooksLikeAnother_ShowsAsWhatItIs() =>
        Assert.Equal("owner@xn--xample-2of.test", EmailAddress.TryNormalize("owner@\u0435xample.test"));

    [Fact]
    public void TryNormalize_TooLong_IsRefused() => Assert.Null(EmailAddress.TryNormalize($"{new string('a', 250)}@b.example"));

    /// <summary>Accounts of a time when addresses were kept as they were written.</summary>
    [Theory]
    [InlineData("müller@example.test", "MÜLLER@example.test ")]
    [InlineData("ann@bücher.test", "ann@bücher.test")]
    [InlineData("ann@bücher.test", "ann@xn--bcher-kva.test")]
    [InlineData("ann@my_host.test", "ann@my_host.test")]
    [InlineData("ann@quiet.test\u200b", "ann@quiet.test\u200b")]
    public async Task Account_OfAnEarlierForm_IsFoundAndNotMadeTwice(string kept, string written)
    {
        var host = await shared.HostAsync();
        var accounts = host.Get<Accounts>();
        var grain = accounts.Grain(kept);
        var user = await grain.FindUserAsync() ?? await grain.RegisterAsync(new NewUser(kept, "Ann", host.Get<Passwords>().Hash(Password)));
        Assert.Equal(user, await accounts.FindAsync(written));
        var session = await host.Get<PasswordSignIn>().SignInAsync(written, Password, Client.At("198.51.100.1"));
        Assert.Equal(user, session.UserId);
    }

    [Fact]
    public async Task Account_OfNobody_IsNotFound()
    {
        var accounts = (await shared.HostAsync()).Get<Accounts>();
        Assert.Null(await accounts.FindAsync("nobody-at-all@example.test"));
        Assert.Null(await accounts.FindAsync(null));
        Assert.Null(await accounts.FindAsync("\u200b"));
    }
}
