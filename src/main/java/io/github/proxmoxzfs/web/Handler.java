package io.github.proxmoxzfs.web;

/// Answers the requests for one path.
@FunctionalInterface
interface Handler {
  /// Answers a request.
  ///
  /// @throws BadRequestException if the request is at fault; it is answered with status 400
  /// @throws TooManyRequestsException if it is one too many; it is answered with status 503
  Response handle(Request request) throws BadRequestException, TooManyRequestsException;
}
