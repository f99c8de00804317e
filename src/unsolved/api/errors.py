"""What our errors are called in HTTP: the one place that knows both languages."""

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from unsolved.errors import Conflict, DatabaseDown, Error, Invalid, NotFound, SourceError

STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    SourceError: 502,
    DatabaseDown: 503,
    RequestValidationError: 422,
}


class ErrorOut(BaseModel):
    """What went wrong: a word for programs and a sentence for people."""

    error: str
    detail: str


def status_of(error: Exception) -> int:
    """Return the status of an error; what is not in the table is a bug, and so a 500."""
    if isinstance(error, HTTPException):
        return error.status_code
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def detail_of(error: Exception) -> str:
    """Return what a person may be told of an error; of a bug, nothing."""
    match error:
        case Error():
            return str(error)
        case HTTPException():
            return str(error.detail)
        case RequestValidationError():
            told = error.errors()
            return "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in told)
        case _:
            return "Something broke on our side."


def answer(error: Exception) -> JSONResponse:
    """Say an error in the API's way."""
    kind = "Invalid" if isinstance(error, RequestValidationError) else type(error).__name__
    told = ErrorOut(error=kind, detail=detail_of(error))
    headers = error.headers if isinstance(error, HTTPException) else None
    return JSONResponse(told.model_dump(), status_of(error), headers)
