using System.Text;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Otlp.Tests.Redaction;

/// <summary>The matchers over UTF-8 take out what the expressions over UTF-16 take out. Both know only the digits and letters of ASCII.</summary>
public sealed class MatcherOracleTests
{
    private const int Rounds = 30_000;

    private static readonly Dictionary<RedactedKind, string[]> Pieces = new()
    {
        [RedactedKind.Email] = [
            "a", "b.c", "x_y%+-", "@", "@", "example", ".", ".com", "-", "c1", new('a', 63), new('b', 64), "de", "@x.y.z.museum",
            "a.b.c.d.e.f.g.h.i.jk"
        ],
        [RedactedKind.Phone] = [
            "+", "+49", "(", ")", "(0)", "(030)", "170", "12", "1", "12345", "123456", "12345678", "123456789", " ", ".", "-", " ",
            "2025-12-15", "+4917012345678", "234317629", "123456789012", "1234567890123", "4111 1111 1111 1111"
        ],
        [RedactedKind.CreditCard] = [
            "4111", "1111", "4111 1111 1111 1111", "4111-1111-1111-1112", " ", "-", ".", "1", "0", "378282246310005", "6011111111111117",
            "  "
        ],
        [RedactedKind.IpAddress] = [
            "192", "168", ".", ".", ":", ":", "::", "1", "255", "10.0.0.1", "2001:db8", "fe80", "a", "BEEF", "12:30:45", "g", "12345",
            "1.2.3.4.5", "/"
        ],
        [RedactedKind.Secret] =
        [
            "-----BEGIN ", "RSA ", "PRIVATE KEY-----", "-----END ", "-----END PRIVATE KEY-----", "-----begin PRIVATE KEY-----", "sk-",
            "pl_", "AKIA", "asia", "ghp_", "github_pat_", "xoxb-", "AIza", "eyJ", "Bearer ", "bearer",
            "password", "Passwd", "secret", "api_key", "apikey", "API-KEY", "access_token", "access-token", ":", "=", "\"", "'", " ", "  ",
            ",", ";", ".", "abcdefgh", "ABCDEFGHIJKLMNOP", "0123456789abcdef0123456789abcdef", "==", "\u00A0",
            "abcdefghijklmnopqrstuvwxyz123456789", "_", "-",
        ],
    };

    private static readonly string[] Surroundings = ["", "", " ", "x", "_", "é", "中", "😀", "\u200D", "\u0301", "\n", "\"", "(", "ж ", "٠", "€"];

    [Theory]
    [InlineData(RedactedKind.Email)]
    [InlineData(RedactedKind.Phone)]
    [InlineData(RedactedKind.CreditCard)]
    [InlineData(RedactedKind.IpAddress)]
    [InlineData(RedactedKind.Secret)]
    public void RandomText_IsRedactedAsByTheExpression(RedactedKind kind)
    {
        var random = new Random();
        var rules = new RuleSet([new("X", kind, null, RedactedAs.Mask)], TimeSpan.FromSeconds(1));
        for (var i = 0; i < Rounds; i++)
        {
            var text = Text(kind, random);
            var expected = ReferenceExpressions.For(kind).Replace(text, m => ReferenceExpressions.IsMeant(kind, m.ValueSpan) ? "[X]" : m.Value);
            Assert.Equal(expected, rules.TryRedact(Encoding.UTF8.GetBytes(text), out var redacted) ? Encoding.UTF8.GetString(redacted) : text);
        }
    }

    [Fact]
    public void NothingToTakeOut_AllocatesNothing()
    {
        var redactor = new Redactor([.. Pieces.Keys.Select(k => new RedactionPattern("x", k, null, RedactedAs.Mask))], TimeSpan.FromSeconds(1));
        var text =
            Encoding.UTF8.GetBytes("On 2026-03-04 at 12:30:45 the task-force of user-00017 asked about order 48213; see section 4.2.1. Nothing secret: here.");
        Assert.False(redactor.TryRedact(text, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) redactor.TryRedact(text, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ManyMatches_TakeTimeInProportion()
    {
        var redactor = new Redactor([.. Pieces.Keys.Select(k => new RedactionPattern("x", k, null, RedactedAs.Mask))], TimeSpan.FromSeconds(1));
        var text = string.Concat(Enumerable.Repeat("a@b.co -----BEGIN PRIVATE KEY----- password=hunter22 10.0.0.1 ", 4000));
        Assert.DoesNotContain("hunter22", redactor.Redact(text), StringComparison.Ordinal);
    }

    private static string Text(RedactedKind kind, Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(1, 12); n > 0; n--)
        {
            text.Append(random.Next(4) == 0 ? Surroundings[random.Next(Surroundings.Length)] : "").Append(Pieces[kind][random.Next(Pieces[kind].Length)]);
            if (random.Next(6) == 0) text.Append(Surroundings[random.Next(Surroundings.Length)]);
        }
        // A digit of another script within a number is where the two differ on purpose.
        return kind is RedactedKind.Secret or RedactedKind.Email ? text.ToString() : text.Replace("٠", "").ToString();
    }
}
