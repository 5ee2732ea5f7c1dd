using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.SignIn;

/// <summary>
/// A cookie, sealed by the server, by which a browser shows who has signed in with it before. It lets nobody in: attempts from such a browser are
/// counted apart from those of strangers. (Device cookies, as OWASP describes them.)
/// </summary>
internal sealed class KnownDevices(Cookies cookies, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Name = "plumbline_device";
    private const string Purpose = "Plumbline.KnownDevice";
    private const int MostPeople = 8;
    private const int LongestCookie = 2000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <summary>The browser that a request comes from, or one that nobody has signed in with.</summary>
    public KnownDevice Read(HttpRequest request)
    {
        if (cookies.Read(request, Name) is not { Length: <= LongestCookie } sealedText) return KnownDevice.None;
        try
        {
            return _protector.Unprotect(sealedText).Split(' ') is [var id, .. var people] ? new(id, people) : KnownDevice.None;
        }
        catch (CryptographicException)
        {
            return KnownDevice.None; // made up, or sealed with keys that are gone
        }
    }

    /// <summary>Remembers that a person has signed in with the browser.</summary>
    public void Remember(HttpContext http, string userId)
    {
        var device = Read(http.Request);
        string[] people = [userId, .. device.People.Where(p => p != userId).Take(MostPeople - 1)];
        var text = string.Join(' ', people.Prepend(device.Id ?? Secrets.NewToken()));
        cookies.Write(http, Name, _protector.Protect(text), clock.GetUtcNow() + Lifetime);
    }
}

/// <summary>A browser, and who has signed in with it.</summary>
internal sealed record KnownDevice(string? Id, IReadOnlyList<string> People)
{
    public static KnownDevice None { get; } = new(null, []);

    /// <summary>Whether it is one of this person's.</summary>
    public bool Knows(string userId) => Id is not null && People.Contains(userId, StringComparer.Ordinal);
}
