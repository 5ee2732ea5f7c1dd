using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Plumbline.Contracts;

namespace Plumbline.Features.Playground.Providers;

/// <summary>Seals the keys of providers. A sealed key can be opened by this server for this project only.</summary>
internal sealed class ProviderSecrets(IDataProtectionProvider protection)
{
    public string Seal(ProjectKey project, string secret) => Protector(project).Protect(secret);

    /// <summary>The secret; null when it cannot be opened any more because the server's own keys are gone.</summary>
    public string? Open(ProjectKey project, string sealedSecret)
    {
        try
        {
            return Protector(project).Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(ProjectKey project) => protection.CreateProtector("model-provider", project.ToString());
}
