using System.Diagnostics.CodeAnalysis;
using Plumbline.Contracts;
using Plumbline.Features.Access.Control;

namespace Plumbline.Features.Access.SignIn;

/// <summary>The token in an invitation's link: where the invitation is, and the secret that opens it.</summary>
internal sealed record InvitationToken(string Organization, string InvitationId, string Secret)
{
    public string SecretHash => Secrets.Hash(Secret);

    public static InvitationToken New(string organization, RequestKey? request = null) => new(organization, request?.Id ?? RandomId.New(), Secrets.NewToken());

    public override string ToString() => $"{Organization}.{InvitationId}.{Secret}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out InvitationToken? token)
    {
        var parts = text is { Length: < 200 } ? text.Split('.') : [];
        token = parts.Length == 3 && RandomId.IsWellFormed(parts[0]) && RandomId.IsWellFormed(parts[1]) && parts[2].Length > 0
            ? new InvitationToken(parts[0], parts[1], parts[2])
            : null;
        return token is not null;
    }

    public static RequestFailedException NotOpen() =>
        new(FailureCode.NotFound, "This invitation is not open: it was used, taken back, or has expired. Ask for a new one.");
}
