using Plumbline.Contracts.Access;

namespace Plumbline.Features.Kernel.Payloads;

/// <summary>Answer of every mutation that changes something of an organization: type OrganizationPayload.</summary>
internal sealed record OrganizationPayload(OrganizationView Organization);
