using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Plumbline.Features.Access;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Features.Tests.Access;

public sealed class PasswordsTests
{
    private const string Password = "correct horse";
    private static readonly object Nobody = new();
    private readonly Passwords _passwords = new(Options.Create(new AccessOptions { PasswordIterations = 10_000 }));

    /// <summary>The library reads what is written here, and the other way round.</summary>
    [Theory]
    [InlineData("correct horse")]
    [InlineData("pässwörd 🎉 with more")]
    public void Hash_IsThatOfTheLibrary(string password)
    {
        var library = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 }));
        Assert.Equal([PasswordCheck.Right], _passwords.Check([library.HashPassword(Nobody, password)], password));
        var beside = _passwords.Hash(password, _passwords.Hash("another one"));
        Assert.Equal(PasswordVerificationResult.Success, library.VerifyHashedPassword(Nobody, beside, password));
        Assert.Equal(PasswordVerificationResult.Failed, library.VerifyHashedPassword(Nobody, beside, password + "x"));
    }

    [Fact]
    public void Check_OfSeveralHashes_FindsWhoseItIs()
    {
        var first = _passwords.Hash("another one");
        var second = _passwords.Hash(Password, first);
        Assert.Equal(PasswordHash.Read(first)!.Computation, PasswordHash.Read(second)!.Computation);
        Assert.Equal([PasswordCheck.Wrong, PasswordCheck.Right, PasswordCheck.Wrong], _passwords.Check([first, second, null], Password));
        Assert.Equal([PasswordCheck.Wrong, PasswordCheck.Wrong], _passwords.Check([first, second], "neither"));
        Assert.Empty(_passwords.Check([], Password));
    }

    [Fact]
    public void Check_OfAHashWithFewerIterations_IsRightButOld_AndItsSaltIsNotShared()
    {
        var old = new Passwords(Options.Create(new AccessOptions { PasswordIterations = 5_000 })).Hash(Password);
        Assert.Equal([PasswordCheck.RightButOld], _passwords.Check([old], Password));
        Assert.Equal([PasswordCheck.Right], _passwords.Check([_passwords.Hash(Password, old)], Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AQ==")]
    [InlineData("AQAAAAIAACcQ/////w==")]
    [InlineData("AQAAAAkAACcQAAAAAQEB")]
    public void Check_OfWhatIsNoHash_IsWrong(string text) => Assert.Equal([PasswordCheck.Wrong], _passwords.Check([text], Password));
}
